import { TempocodeError } from '@tempocode/core'
import type { Checkpoint, DetectorOptions } from '@tempocode/trainer'
import { checkRunDirectory, fit, loadCheckpoint, readSeries, saveCheckpoint } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { baselineOf } from '../baseline.js'
import { detectorOptions, scoreKindOption, thresholdOption } from '../detector-flags.js'
import { addFitOptions } from '../fit-flags.js'
import { interruptible } from '../interrupt.js'
import { addNetworkOptions, buildNetwork, withUnits } from '../network.js'
import { addOptimizerOptions } from '../optimizer.js'
import { missingOption, namesOption } from '../options.js'
import { print, warn } from '../output.js'
import { type TrainFlags, trainPlan } from '../train-plan.js'
import { trainingProgress } from '../training-progress.js'
import { linesOf, resultOf } from '../training-summary.js'

interface Options extends TrainFlags, DetectorOptions {
  out: string
  resume?: boolean
  json?: boolean
}

const EXAMPLES = `
With --resume, what is not given is as it was; what is given must be, but for --epochs and --patience, which may grow.

Examples:
  tempocode train pump.csv --out out
  tempocode train pump.csv --time timestamp --columns pressure,flow --group-by machine --window 48 --out out
  tempocode train "SELECT * FROM 'logs/*.parquet'" --units 32,8 --epochs 20 --json --out out
  tempocode train pump.csv --model gru --bidirectional --corrupt masking:0.3 --out out
  tempocode train pump.csv --heads reconstruction,prediction --horizon 6 --loss-weights prediction=0.5 --out out
  tempocode train gestures.csv --group-by gesture --masked --window 100 --out out
  tempocode train pump.csv --out out --resume --epochs 100`

export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .description('Trains an autoencoder on a series and writes encoder.onnx and all that belongs to it.')
    .argument('<DATA>', 'a file (.csv, .tsv, .txt, .parquet, .json, .jsonl) or a query in SQL')
    .requiredOption('--out <dir>', 'where to write; created if missing')
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .optionsGroup('Data:')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .addOption(namesOption('--columns <names>', 'what to train on (default: all columns of numbers)'))
    .option('--group-by <column>', 'rows that belong together, such as those of one machine')
    .addOption(missingOption())
  addNetworkOptions(command.optionsGroup('Network:'))
  addFitOptions(command.optionsGroup('Training:')).option('--resume', 'go on from the checkpoint in DIR')
  addOptimizerOptions(command)
    .optionsGroup('Detector:')
    .addOption(scoreKindOption())
    .addOption(thresholdOption('margin'))
    .addHelpText('after', EXAMPLES)
    .action((data: string, options: Options) =>
      interruptible((signal) => train(data, options, command, signal)),
    )
}

async function train(data: string, options: Options, command: Command, signal: AbortSignal): Promise<void> {
  const { out, json, resume: isResumed, score, threshold, ...flags } = options
  await checkRunDirectory(out)
  const resume = isResumed ? await loadCheckpoint(out) : undefined
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli'
  const { source, settings, ...plan } = trainPlan(flags, isGiven, resume)
  const series = await readSeries(data, source)
  const network = withUnits(plan.network, series.columns.length)
  if (signal.aborted) throw new TempocodeError('cancelled', 'stopped before training; nothing was written')

  const { seed } = settings
  const model = buildNetwork(network, series.columns.length, seed)
  const details = {
    source: { ...source, data, time: series.time?.name, columns: series.columns },
    network,
    detector: detectorOptions({ score, threshold }, resume),
  }
  const onCheckpoint = (checkpoint: Checkpoint) => saveCheckpoint({ ...checkpoint, details }, out)
  const { end, ...progress } = trainingProgress()
  const callbacks = { ...progress, signal, onCheckpoint, onWarning: warn }
  const run = await fit(model, series, { ...settings, ...callbacks, resume }).finally(end)
  const baseline = baselineOf(run, series, network)
  const files = await run.save(out, { ...details, baseline }, details.detector)

  const training = { run, series, baseline, ...details, out, files }
  print(json, resultOf(training), linesOf(training))
  if (run.stopped !== 'signal') return
  const kept = run.bestEpoch === 0 ? 'no epoch was finished' : `epoch ${run.bestEpoch} was kept`
  throw new TempocodeError('cancelled', `training was stopped; ${kept}, and ${out} holds what was learnt`)
}
