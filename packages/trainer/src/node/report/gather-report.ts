import { TempocodeError, version } from '@tempocode/core'
import { encoderOf, isMasked, plot } from '@tempocode/models'
import { lossParts } from '../../fit/loss-parts.js'
import type { Run } from '../../fit/run.js'
import type { PlannedSettings } from '../../fit/settings.js'
import { countRows, groupsOf } from '../../segments.js'
import type { Series } from '../../series.js'
import { timeStep } from '../../time-step.js'
import type { Baseline, ColumnFacts, DataFacts, ReportData, TrainingFacts } from './report-data.js'
import { counted, digits, spoken, timeOf } from './words.js'

/**
 * What a report says of a run, but for what its network makes of windows.
 * @param details what `save` was told: where the rows come from, and the baseline, where the command knows them
 */
export function gatherReport(run: Run, details: Record<string, unknown>): Omit<ReportData, 'measured'> {
  const { model, series } = run
  return {
    source: sourceOf(details),
    version,
    written: new Date(),
    network: {
      name: model.name,
      window: model.inputs[0].shape[1]!,
      columns: series.columns,
      features: encoderOf(model).outputs[0].shape[1]!,
      parameters: model.countParams(),
      masked: isMasked(model),
      picture: plot(model),
    },
    training: trainingOf(run, details),
    data: dataOf(run, series),
    warnings: [...new Set(run.warnings)], // a detector warns each time that it is written
  }
}

/** How a run was trained, and how it went. */
export function trainingOf(run: Run, details: Record<string, unknown> = {}): TrainingFacts {
  const { settings, split, initialLoss, finalLoss, epochs, bestEpoch, stopped, seconds, engine } = run
  return {
    loss: settings.loss,
    parts: lossParts(run),
    corrupt: settings.corrupt,
    heldOut: split.validation.length > 0,
    initialLoss,
    finalLoss,
    epochs,
    bestEpoch,
    stopped,
    seconds,
    baseline: baselineOf(details),
    settings: settingsOf(settings, engine),
  }
}

/** Where the rows come from, where the command has told it. */
export function sourceOf({ source }: Record<string, unknown>): string | undefined {
  if (typeof source !== 'object' || source === null || !('data' in source)) return undefined
  return typeof source.data === 'string' ? source.data : undefined
}

/** Absent where the command could not compare. */
function baselineOf({ baseline }: Record<string, unknown>): Baseline | undefined {
  if (typeof baseline !== 'object' || baseline === null) return undefined
  if (!('components' in baseline) || !('error' in baseline)) return undefined
  const { components, error } = baseline
  if (typeof components === 'number' && typeof error === 'number') return { components, error }
  throw new TempocodeError('option', 'details: baseline is not { components, error }, both numbers')
}

function settingsOf(settings: PlannedSettings, engine: string): [string, string][] {
  const { optimizer, learningRate, schedule, batchSize, clipNorm, corrupt, stride, validationSplit } =
    settings
  const { name, ...more } = optimizer
  const extra = Object.entries(more).map(([option, value]) => `${option} ${value}`)
  return [
    ['optimizer', [name, ...extra].join(', ')],
    ['learning rate', `${digits(learningRate)}${schedule === 'constant' ? '' : `, ${schedule}`}`],
    ['batch size', String(batchSize)],
    ['patience', counted(settings.patience, 'epoch')],
    ['clipped norm', clipNorm > 0 ? digits(clipNorm) : 'none'],
    ['corruption', corrupt],
    ['window stride', String(stride)],
    ['held out', `${digits(100 * validationSplit)} %`],
    ['seed', String(settings.seed)],
    ['engine', engine],
  ]
}

function dataOf({ split, scaler }: Run, series: Series): DataFacts {
  const { rows, segments, time, groupBy } = series
  const groups = groupsOf(segments)
  const named = groups.filter(([{ name }]) => name !== undefined).length
  const step = timeStep(series)
  return {
    rows,
    trainingRows: countRows(split.train),
    heldOutRows: countRows(split.validation),
    columns: series.columns.map((name, i) => columnFacts(series, name, i)),
    scaler: scaler.kind,
    scale: scaler.scale,
    span: time && named <= 1 ? `${timeOf(time, 0)} to ${timeOf(time, rows - 1)}` : undefined,
    step: step === undefined ? undefined : time?.kind === 'timestamp' ? spoken(step) : digits(step),
    groups: named,
    groupBy,
    gaps: segments.length - groups.length,
  }
}

function columnFacts({ values, columns, rows }: Series, name: string, column: number): ColumnFacts {
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (let i = column; i < values.length; i += columns.length) {
    least = Math.min(least, values[i])
    most = Math.max(most, values[i])
    sum += values[i]
  }
  return { name, least, mean: sum / rows, most }
}
