import { TempocodeError } from '@tempocode/core'
import { type Forecaster, loadForecaster } from '@tempocode/runtime'
import {
  checkFuture,
  FORECASTER_HORIZON,
  FORECASTER_WINDOW,
  type ForecastOfGroup,
  forecasterDevice,
  forecastRows,
  type Series,
} from '@tempocode/trainer'
import { fitForecaster, loadModel, type NodeForecastRun, readSeries } from '@tempocode/trainer/node'
import type { DirectoryEncoder } from './directory-encoder.js'
import { type ForecastFlags, forecasterOptions } from './forecast-flags.js'
import type { OldForecaster, SavedEvaluation } from './forecast-reuse.js'
import { warn } from './output.js'
import { trainingProgress } from './training-progress.js'

/** What is to be forecast, and by what. */
export interface ForecastTask {
  directory: string
  data: string
  /** Where the known columns of the rows to come are. */
  plan?: string
  /** Flags that were given now, and those of the training before that were not. */
  flags: Partial<ForecastFlags>
  /** The directory's own. */
  encoder?: DirectoryEncoder
  signal: AbortSignal
}

/** What a task comes to. */
export interface Forecasts {
  /** To be disposed of. */
  forecaster: Forecaster
  series: Series
  ahead: ForecastOfGroup[]
  evaluation?: SavedEvaluation
  /** Where it was trained for this task. */
  trained?: {
    run: NodeForecastRun
    files: string[]
    /** Whose features it could have seen. */
    unused?: DirectoryEncoder
  }
}

/** By the forecaster that is there. */
export async function forecastAgain(
  { file, metadata, evaluation }: OldForecaster,
  { flags, signal, ...task }: ForecastTask,
): Promise<Forecasts> {
  const { columns, known, horizon, groupBy } = metadata
  const { series, future } = await read(task, flags, { columns, known, horizon, groupBy })
  const forecaster = await loadForecaster(file, { device: forecasterDevice(flags.device) })
  return { forecaster, series, evaluation, ahead: await aheadOf(forecaster, series, { future, signal }) }
}

/** By a new forecaster, which is trained and saved. */
export async function forecastAnew({ flags, signal, ...task }: ForecastTask): Promise<Forecasts> {
  const { directory, data } = task
  const encoder = usedEncoder(task.encoder, flags, directory)
  const unused = encoder === undefined && flags.useFeatures === undefined ? task.encoder : undefined
  const { known, horizon = FORECASTER_HORIZON } = flags
  const { series, future } = await read(task, flags, {
    columns: columnsOf(flags, task.encoder),
    known,
    horizon,
    groupBy: flags.groupBy === false ? undefined : (flags.groupBy ?? task.encoder?.metadata.groupBy),
  })
  if (signal.aborted) throw new TempocodeError('cancelled', 'stopped before training; nothing was written')
  const { end, ...progress } = trainingProgress()
  const run = await fitForecaster(series, {
    ...forecasterOptions(flags),
    ...(encoder && { encoder: { model: await loadModel(directory), ...encoder.metadata } }),
    ...progress,
    signal,
    onWarning: warn,
  }).finally(end)
  const bytes = run.forecaster()
  const forecaster = await loadForecaster(bytes, { device: forecasterDevice(flags.device) })
  const ahead = await aheadOf(forecaster, series, { future })
  const details = {
    source: { data, time: series.time?.name, groupBy: series.groupBy, columns: series.columns },
    flags,
    ...(encoder && { encoder: encoder.digest }),
  }
  const files = await run.save(directory, { forecaster: bytes, ahead, details })
  return { forecaster, series, ahead, evaluation: run.evaluation, trained: { run, files, unused } }
}

/**
 * The encoder whose features a forecaster sees. By default it does where they tell of rows that it does not see itself:
 * elsewhere they were no help (docs/forecasting.md).
 * @throws TempocodeError `file` where there is no encoder, and features were not declined
 */
function usedEncoder(
  encoder: DirectoryEncoder | undefined,
  { useFeatures, horizon = FORECASTER_HORIZON, window = FORECASTER_WINDOW * horizon }: Partial<ForecastFlags>,
  directory: string,
): DirectoryEncoder | undefined {
  if (useFeatures === 'no') return undefined
  if (encoder !== undefined)
    return useFeatures === 'yes' || encoder.metadata.window > window ? encoder : undefined
  const message = `${directory} holds no encoder.onnx for the forecaster to see features of; train one, or use --use-features no`
  throw new TempocodeError('file', message, { file: directory })
}

/** Undefined for all that DATA has. */
function columnsOf(
  { columns, targets = [], known = [] }: Partial<ForecastFlags>,
  encoder: DirectoryEncoder | undefined,
): string[] | undefined {
  const measured = columns ?? encoder?.metadata.columns
  return measured && [...new Set([...measured, ...targets, ...known])]
}

interface Wanted {
  columns?: readonly string[]
  known?: readonly string[]
  horizon: number
  groupBy?: string
}

/** The rows, and where there are known columns those of the future. */
async function read(
  { data, plan }: Pick<ForecastTask, 'data' | 'plan'>,
  { time, missing }: Partial<ForecastFlags>,
  { columns, known = [], horizon, groupBy }: Wanted,
): Promise<Pick<Forecasts, 'series'> & { future?: Series }> {
  const names = known.join(', ')
  if (plan === undefined && known.length > 0) {
    const message = `--future is missing: a file or a query with ${names} of the ${horizon} rows after DATA`
    throw new TempocodeError('option', message)
  }
  if (plan !== undefined && known.length === 0)
    throw new TempocodeError('option', '--future is of use with --known alone')
  const series = await readSeries(data, { time, columns, groupBy, missing })
  if (plan === undefined) return { series }
  const future = await readSeries(plan, { time: series.time?.name, columns: known, groupBy })
  checkFuture(series, future, horizon)
  return { series, future }
}

/** Disposes of the forecaster where it fails. */
async function aheadOf(
  forecaster: Forecaster,
  series: Series,
  options: { future?: Series; signal?: AbortSignal },
): Promise<ForecastOfGroup[]> {
  try {
    return await forecastRows(forecaster, series, options)
  } catch (cause) {
    await forecaster.dispose()
    throw cause
  }
}
