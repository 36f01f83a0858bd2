import { join } from 'node:path'
import type { Forecasts } from './forecast-task.js'
import { evaluationLines, type Line } from './forecast-text.js'
import { counted, digits, duration } from './output.js'

/** All that `forecast` has to tell. */
export interface ForecastSummary extends Forecasts {
  directory: string
  out: string
  /** How many rows the table has. */
  rows: number
  /** Why a forecaster that was there was not used again. */
  reason?: string
}

/** For programs: the object that `--json` prints. */
export function forecastResult(summary: ForecastSummary): object {
  const { directory, out, rows, reason, series, forecaster, evaluation, trained } = summary
  const { targets, columns, known, cycles, groups, horizon, window, coverage, metadata, device } = forecaster
  return {
    out,
    rows,
    forecaster: join(directory, 'forecaster.onnx'),
    trained: trained !== undefined,
    reason,
    read: series.rows,
    targets,
    columns,
    known,
    cycles,
    groups,
    horizon,
    window,
    features: metadata.features ?? 0,
    coverage,
    season: metadata.season,
    device,
    ...(trained && trainingOf(trained)),
    evaluation,
  }
}

function trainingOf({ run: { run, warnings }, files }: NonNullable<Forecasts['trained']>) {
  const { engine, stopped, epochs, bestEpoch, initialLoss, finalLoss, seconds } = run
  return {
    files,
    engine,
    stopped,
    epochs: epochs.length,
    bestEpoch,
    initialLoss,
    finalLoss,
    seconds,
    warnings,
  }
}

/** For people: lines of a name and a text. */
export function forecastLines(summary: ForecastSummary): Line[] {
  const { directory, out, rows, series, forecaster, evaluation, trained } = summary
  const { targets, horizon, window, device } = forecaster
  const file = join(directory, 'forecaster.onnx')
  return [
    ['read', `${counted(series.rows, 'row')} of ${series.columns.join(', ')}`],
    ['sees', `${counted(window, 'row')}${seenBy(summary)}`],
    ...unusedLine(trained),
    ['forecasts', `${targets.join(', ')}, ${counted(horizon, 'row')} ahead`],
    trained ? trainedLine(summary) : ['reused', `${file}, as it was trained before; --retrain trains anew`],
    ...(evaluation ? evaluationLines(evaluation) : []),
    ['device', device],
    ['wrote', `${out}: ${counted(rows, 'row')}${trained ? `; ${file}` : ''}`],
    ...(trained ? [['see', `${join(directory, 'forecast.html')}: how good it is, in pictures`] as Line] : []),
  ]
}

function seenBy({ forecaster }: ForecastSummary): string {
  const { known, cycles, metadata } = forecaster
  return [
    metadata.features === undefined ? '' : `, ${counted(metadata.features, 'feature')} of the encoder`,
    cycles.length > 0 ? `, the time of ${cycles.join(' and ')}` : '',
    known.length > 0 ? `, ${known.join(', ')} ahead` : '',
  ].join('')
}

function unusedLine(trained: Forecasts['trained']): Line[] {
  if (trained?.unused === undefined) return []
  const { window } = trained.unused.metadata
  return [
    ['', `not the encoder's features, which tell of ${counted(window, 'row')}; --use-features yes adds them`],
  ]
}

function trainedLine({ trained, reason }: ForecastSummary): Line {
  const { epochs, bestEpoch, engine, seconds, stopped, initialLoss, finalLoss } = trained!.run.run
  const ended = { epochs: '', patience: ', as it got no better', signal: ', as it was stopped' }[stopped]
  const kept = bestEpoch === 0 ? 'no epoch was finished' : `kept epoch ${bestEpoch}`
  const why = reason === undefined ? '' : `anew (${reason}): `
  const loss = `loss ${digits(initialLoss)} before, ${digits(finalLoss)} after`
  return [
    'trained',
    `${why}${counted(epochs.length, 'epoch')} in ${duration(seconds)} by ${engine}${ended}; ${kept}; ${loss}`,
  ]
}
