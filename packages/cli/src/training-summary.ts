import type { Run, Series } from '@tempocode/trainer'
import type { Baseline } from './baseline.js'
import { counted, digits, duration } from './output.js'

/** All that `train` has to tell. */
export interface Training {
  run: Run
  series: Series
  baseline: Baseline
  network: { window: number; units: readonly number[] }
  source: { data: string; time?: string; groupBy?: string; missing: string }
  out: string
  files: string[]
}

/** For programs: the object that `--json` prints. */
export function resultOf({ run, series, baseline, network, out, files }: Training): object {
  return {
    out,
    files,
    rows: series.rows,
    columns: series.columns,
    window: network.window,
    features: network.units.at(-1),
    engine: run.engine,
    stopped: run.stopped,
    epochs: run.epochs.length,
    bestEpoch: run.bestEpoch,
    loss: run.settings.loss,
    measuredOn: measuredOn(run),
    initialLoss: run.initialLoss,
    finalLoss: run.finalLoss,
    pca: baseline,
    seconds: run.seconds,
    warnings: run.warnings,
  }
}

/** For people: lines of a name and a text. */
export function linesOf(training: Training): [string, string][] {
  const { run, series, baseline, out } = training
  const { epochs, bestEpoch, engine, seconds, settings, initialLoss, finalLoss } = run
  const ended = { epochs: '', patience: ', as it got no better', signal: ', as it was stopped' }[run.stopped]
  const kept = bestEpoch === 0 ? 'no epoch was finished' : `kept epoch ${bestEpoch}`
  const measure = `${settings.loss} of ${measuredOn(run)}`
  return [
    ['read', `${counted(series.rows, 'row')} of ${series.columns.join(', ')}`],
    ['trained', `${counted(epochs.length, 'epoch')} in ${duration(seconds)} by ${engine}${ended}; ${kept}`],
    ['loss', `${digits(initialLoss)} before, ${digits(finalLoss)} after (${measure})`],
    ['PCA', pcaLine(baseline)],
    ['wrote', `${out}: encoder.onnx, train/, and README.md, which tells what they are`],
    ['next', nextCommand(training)],
  ]
}

const measuredOn = ({ split }: Run) => (split.validation.length > 0 ? 'held-out windows' : 'training windows')

function pcaLine(baseline: Baseline): string {
  if ('skipped' in baseline) return `not computed: ${baseline.skipped}`
  const { components, error, exact } = baseline
  const why = exact ? ', exact: a window has no more values' : ''
  return `${digits(error)} with ${counted(components, 'component')} (same windows, same measure${why})`
}

/** The command that encodes the training data themselves, read in the same way. */
function nextCommand({ source, out }: Training): string {
  const { data, time, groupBy, missing } = source
  const options = { time, 'group-by': groupBy, missing: missing === 'error' ? undefined : missing }
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value ? [`--${name}`, quoted(value)] : [],
  )
  return ['tempocode encode', quoted(out), quoted(data), ...flags, '--out features.csv'].join(' ')
}

const quoted = (text: string) => (/^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
