import { TempocodeError } from '@tempocode/core'
import type { Cycle, LoadOptions } from '@tempocode/runtime'
import { digestOf } from '../digest.js'
import { countRows, groupsOf, type Segment } from '../segments.js'
import type { Series } from '../series.js'
import { splitSegments } from '../split.js'
import { timeStep } from '../time-step.js'
import { defaultCycles, defaultSeason } from './calendar.js'
import { type ForecastColumns, forecastColumns } from './columns.js'
import { hasSeen, type PreparedEncoder, prepareEncoder, usableEncoder } from './encoder.js'
import { networkSeries } from './network-series.js'
import { rawInputs } from './raw-inputs.js'
import type { ForecastRun } from './run.js'
import { fitSeriesScaling, type SeriesScaling, scaleSeries } from './series-scaling.js'
import type { ForecasterPlan } from './settings.js'

/** All that is known before training. */
export interface Preparation {
  columns: ForecastColumns
  /** Raw rows in the forecaster's order of columns, known ones early. */
  inputs: Series
  /** Of the training rows, in that order of columns, but each value in its own row. */
  dataDigest: string
  parts: ForecastRun['parts']
  scaling: SeriesScaling
  cycles: readonly Cycle[]
  /** Rows. */
  season?: number
  /** From row to row; see `timeStep`. */
  step?: number
  encoder?: PreparedEncoder
  /** What the network learns from: its segments are the rows that train and validate. */
  network: Series
}

/**
 * Makes the network's series. What is fitted, is fitted to the training rows alone.
 * @param validationSplit of the rows that do not test
 * @throws TempocodeError `option` for columns, cycles or an encoder that do not fit the series, `data` where rows are
 *   too few
 */
export async function prepareForecast(
  series: Series,
  { own }: ForecasterPlan,
  validationSplit: number,
  { device, onWarning }: { device: LoadOptions['device']; onWarning: (message: string) => void },
): Promise<Preparation> {
  const { horizon, window, testSplit } = own
  const columns = forecastColumns(series.columns, own)
  const chosen = own.encoder && usableEncoder(own.encoder, columns)
  checkTest(series, testSplit)
  const { train: rest, validation: test } = splitSegments(series.segments, testSplit, 1)
  const { train, validation } = splitSegments(rest, validationSplit, 1)
  const measured = rawInputs(series, columns, 0)
  const inputs = rawInputs(series, columns, horizon)
  const scaling = fitSeriesScaling(measured, train, onWarning)
  const step = timeStep(series)
  const cycles = own.cycles ?? defaultCycles(series, train, step)
  if (cycles.length > 0) checkTimes(series, cycles)

  if (own.encoder && hasSeen(own.encoder, series, test)) {
    onWarning('the encoder was trained on rows that test the forecaster, so that its errors may be too small')
  }
  const encoder = chosen && (await prepareEncoder(chosen, series, train, device))
  const network = networkSeries({ inputs, scaled: scaleSeries(inputs, scaling), cycles, features: encoder })
  return {
    columns,
    inputs,
    dataDigest: await digestOf(measured, train),
    parts: { train, validation, test },
    scaling,
    cycles,
    season: own.season ?? defaultSeason(series, step),
    step,
    encoder,
    network: { ...network, segments: withoutFirst(rest, Math.max(0, (encoder?.window ?? 0) - window)) },
  }
}

/** Where the encoder takes more rows than the network, the network's first windows would end where no features are. */
const withoutFirst = (segments: readonly Segment[], rows: number): Segment[] =>
  segments
    .map((segment) => ({ ...segment, start: segment.start + rows }))
    .filter(({ start, end }) => start < end)

function checkTimes({ time }: Series, cycles: readonly Cycle[]): void {
  if (time?.kind === 'timestamp') return
  const reason = time ? `time "${time.name}" has numbers` : 'the series has no times'
  throw new TempocodeError(
    'option',
    `cycles ${cycles.join(', ')} need time stamps, and ${reason}; leave them out`,
  )
}

function checkTest({ segments }: Series, testSplit: number): void {
  if (testSplit === 0) return
  const longest = groupsOf(segments).reduce((most, group) => Math.max(most, countRows(group)), 0)
  if (Math.round(longest * testSplit) > 0) return
  const message = `testSplit ${testSplit} of ${longest} rows leaves none to test on; use a larger one, or 0 for no test`
  throw new TempocodeError('data', message)
}
