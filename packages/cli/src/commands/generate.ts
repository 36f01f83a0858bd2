import { type LoadOptions, loadDecoder } from '@tempocode/runtime'
import type { Command } from 'commander'
import { artefactPath, checkTablePath } from '../artefact-path.js'
import { interruptible } from '../interrupt.js'
import { choiceOption, countOption, wholeOption } from '../options.js'
import { counted, duration, print } from '../output.js'
import { writeRows } from '../write-rows.js'
import { resultOf, rowsOf } from './decode.js'
import { DEVICES } from './encode.js'

interface Options {
  samples: number
  out: string
  seed: number
  head?: string
  device: NonNullable<LoadOptions['device']>
  json?: boolean
}

const EXAMPLES = `
Features are drawn from a Gaussian with mean and covariance of the training windows' features, and decoded. This is no
variational autoencoder: nothing in training made the features Gaussian, and some samples may be unlike all of the data.
The table has the number of each sample, from 1, then the same columns as that of decode.

Examples:
  tempocode generate out --samples 10 --out samples.csv
  tempocode generate out --samples 1000 --seed 1 --out samples.parquet`

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('Makes windows that are like those of the training.')
    .argument('<DECODER>', 'a directory that train wrote, or a decoder.onnx')
    .addOption(countOption('--samples <count>', 'how many windows').makeOptionMandatory())
    .requiredOption('--out <file>', 'the table to write: .csv or .parquet')
    .addOption(wholeOption('--seed <number>', 'another one gives other windows').default(0))
    .option('--head <name>', 'the only output to write (default: all)')
    .addOption(choiceOption('--device <name>', 'what computes', DEVICES).default('auto'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((decoder: string, options: Options) =>
      interruptible((signal) => generate(decoder, options, signal)),
    )
}

async function generate(path: string, options: Options, signal: AbortSignal): Promise<void> {
  const { samples, out, seed, head, device, json } = options
  checkTablePath(out)
  const decoder = await loadDecoder(await artefactPath(path, 'decoder.onnx'), { device })
  try {
    const begin = performance.now()
    const { data: features } = decoder.sample(samples, { seed })
    const windows = {
      keys: [{ name: 'sample', kind: 'integer' as const }],
      keyValues: [Int32Array.from({ length: samples }, (_, i) => i + 1)],
      features,
    }
    const heads = head === undefined ? undefined : [head]
    const rows = await writeRows(decoder, windows, out, { heads, signal })
    const seconds = (performance.now() - begin) / 1000
    const around = counted(decoder.metadata.codes?.windows ?? 0, 'training window')
    print(json, { ...resultOf(decoder, out, head), samples, seed, rows, seconds }, [
      ['drew', `${counted(samples, 'sample')} around the features of ${around}, by seed ${seed}`],
      ['decoded', `${counted(rows, 'row')} of ${decoder.columns.join(', ')}: ${rowsOf(decoder, head)}`],
      ['device', `${decoder.device}${device === 'auto' ? ', chosen by auto' : ''}, ${duration(seconds)}`],
      ['wrote', out],
    ])
  } finally {
    await decoder.dispose()
  }
}
