import { TempocodeError } from '@tempocode/core'
import { lstmAutoencoder } from '@tempocode/models'
import { fit, type MissingPolicy, type Settings } from '@tempocode/trainer'
import { checkRunDirectory, readSeries, saveRun, useFastTfjs } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { baselineOf } from '../baseline.js'
import { interruptible } from '../interrupt.js'
import { choiceOption, countOption, countsOption, fitOption, namesOption } from '../options.js'
import { print, warn } from '../output.js'
import { trainingProgress } from '../training-progress.js'
import { linesOf, resultOf } from '../training-summary.js'

interface Options extends Settings {
  out: string
  time?: string
  columns?: string[]
  groupBy?: string
  missing: MissingPolicy
  window: number
  units: number[]
  activation: 'tanh' | 'relu'
  json?: boolean
}

const EXAMPLES = `
Examples:
  tempocode train pump.csv --out out
  tempocode train pump.csv --time timestamp --columns pressure,flow --group-by machine --window 48 --out out
  tempocode train "SELECT * FROM 'logs/*.parquet'" --units 32,8 --epochs 20 --json --out out`

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('Trains an autoencoder on a series and writes encoder.onnx and all that belongs to it.')
    .argument('<DATA>', 'a file (.csv, .tsv, .txt, .parquet, .json, .jsonl) or a query in SQL')
    .requiredOption('--out <dir>', 'where to write; created if missing')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .addOption(namesOption('--columns <names>', 'what to train on (default: all columns of numbers)'))
    .option('--group-by <column>', 'rows that belong together, such as those of one machine')
    .addOption(
      choiceOption('--missing <policy>', 'what to do about missing values', MISSING).default('error'),
    )
    .addOption(countOption('--window <rows>', 'rows in a window').default(24))
    .addOption(fitOption('stride', 'rows', 'rows between the starts of two windows'))
    .addOption(
      countsOption('--units <counts>', 'units of each LSTM; the last is the number of features').default(
        [64, 32],
        '64,32',
      ),
    )
    .addOption(
      choiceOption('--activation <name>', 'activation of the LSTMs', ['tanh', 'relu']).default('tanh'),
    )
    .addOption(fitOption('epochs', 'count', 'passes over the data, at most'))
    .addOption(fitOption('batchSize', 'windows', 'windows in an optimizer step'))
    .addOption(fitOption('learningRate', 'rate', "the optimizer's (Adam)"))
    .addOption(fitOption('loss', 'name', 'mse or mae, of scaled values'))
    .addOption(fitOption('clipNorm', 'norm', 'the largest norm of the gradients; 0 for no clipping'))
    .addOption(fitOption('validationSplit', 'part', 'the part of the rows, the last ones, that is held out'))
    .addOption(fitOption('patience', 'epochs', 'epochs without a better validation loss before it stops'))
    .addOption(fitOption('scaler', 'name', 'standard, minmax or none'))
    .addOption(fitOption('engine', 'name', 'what computes: auto, onnx or tfjs'))
    .addOption(fitOption('device', 'name', 'where the onnx engine computes: auto, cpu or wasm'))
    .addOption(fitOption('seed', 'number', 'fixes the weights at the start and the order of the windows'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((data: string, options: Options) => interruptible((signal) => train(data, options, signal)))
}

const MISSING = ['error', 'interpolate', 'drop'] satisfies MissingPolicy[]

async function train(data: string, options: Options, signal: AbortSignal): Promise<void> {
  const { out, time, columns, groupBy, missing, window, units, activation, json, ...settings } = options
  await checkRunDirectory(out)
  const series = await readSeries(data, { time, columns, groupBy, missing })
  if (signal.aborted) throw new TempocodeError('cancelled', 'stopped before training; nothing was written')

  await useFastTfjs()
  const { seed } = settings
  const model = lstmAutoencoder({ window, columns: series.columns.length, units, activation, seed })
  const { end, ...progress } = trainingProgress(settings.epochs)
  const run = await fit(model, series, { ...settings, ...progress, signal, onWarning: warn }).finally(end)
  const baseline = baselineOf(run, series, window, units.at(-1)!)
  const source = { data, time: series.time?.name, columns: series.columns, groupBy, missing }
  const network = { window, units, activation }
  const files = await saveRun(run, out, { source, network, baseline })

  const training = { run, series, baseline, network, source, out, files }
  print(json, resultOf(training), linesOf(training))
  if (run.stopped !== 'signal') return
  const kept = run.bestEpoch === 0 ? 'no epoch was finished' : `epoch ${run.bestEpoch} was kept`
  throw new TempocodeError('cancelled', `training was stopped; ${kept}, and ${out} holds what was learnt`)
}
