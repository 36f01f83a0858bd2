import { lossParts, type Run, type Series } from '@tempocode/trainer'
import { type Baseline, featuresOf } from './baseline.js'
import { describeNetwork, type NetworkOptions } from './network.js'
import { counted, digits, duration } from './output.js'

/** All that `train` has to tell. */
export interface Training {
  run: Run
  series: Series
  baseline: Baseline
  network: NetworkOptions
  source: { data: string; time?: string; groupBy?: string; missing: string }
  out: string
  files: string[]
}

/** For programs: the object that `--json` prints. */
export function resultOf(training: Training): object {
  const { run, series, baseline, network, out, files } = training
  return {
    out,
    files,
    rows: series.rows,
    columns: series.columns,
    ...network,
    features: featuresOf(network),
    engine: run.engine,
    stopped: run.stopped,
    epochs: run.epochs.length,
    bestEpoch: run.bestEpoch,
    loss: run.settings.loss,
    lossWeights: run.settings.lossWeights,
    measuredOn: measuredOn(training),
    initialLoss: run.initialLoss,
    finalLoss: run.finalLoss,
    pca: baseline,
    seconds: run.seconds,
    warnings: run.warnings,
  }
}

/** For people: lines of a name and a text. */
export function linesOf(training: Training): [string, string][] {
  const { run, series, baseline, network, out, files } = training
  const { epochs, bestEpoch, engine, seconds, settings, initialLoss, finalLoss } = run
  const ended = { epochs: '', patience: ', as it got no better', signal: ', as it was stopped' }[run.stopped]
  const noise = settings.corrupt === 'none' ? '' : `, inputs corrupted by ${settings.corrupt}`
  const kept = bestEpoch === 0 ? 'no epoch was finished' : `kept epoch ${bestEpoch}`
  const parts = lossParts(run)
  const measure = `${settings.loss} of ${parts === 'reconstruction' ? '' : `${parts}, `}${measuredOn(training)}`
  const decoder = files.includes('decoder.onnx')
  const written = ['encoder.onnx', 'decoder.onnx', 'detector.onnx'].filter((name) => files.includes(name))
  const rows = `${network.masked ? 'up to ' : ''}${counted(network.window, 'row')}`
  const told = decoder
    ? 'which tells what they are'
    : 'which tells what they are, and why there is no decoder'
  return [
    ['read', `${counted(series.rows, 'row')} of ${series.columns.join(', ')}`],
    ['network', `${describeNetwork(network)}: ${rows} into ${counted(featuresOf(network), 'feature')}`],
    [
      'trained',
      `${counted(epochs.length, 'epoch')} in ${duration(seconds)} by ${engine}${noise}${ended}; ${kept}`,
    ],
    ['loss', `${digits(initialLoss)} before, ${digits(finalLoss)} after (${measure})`],
    ['PCA', pcaLine(baseline)],
    ['wrote', `${out}: ${written.join(', ')}, train/, and README.md, ${told}`],
    ['see', `${out}/report.html: what was learnt, in pictures`],
    ['next', nextCommand(training)],
  ]
}

function measuredOn({ run, network }: Training): string {
  const part = run.split.validation.length > 0 ? 'held-out' : 'training'
  return `${part} ${network.masked ? 'sequences' : 'windows'}`
}

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
