import { type Decoder, type LoadOptions, loadDecoder } from '@tempocode/runtime'
import { readTable } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { artefactPath, checkTablePath } from '../artefact-path.js'
import { interruptible } from '../interrupt.js'
import { choiceOption } from '../options.js'
import { counted, duration, print } from '../output.js'
import { writeRows } from '../write-rows.js'
import { DEVICES } from './encode.js'

interface Options {
  out: string
  head?: string
  device: NonNullable<LoadOptions['device']>
  json?: boolean
}

const EXAMPLES = `
The table has as many rows for each row of FEATURES as a window has: what stood beside the features (such as the time of
the window's last row), the row's number in its window, step, from 1, and the columns. A decoder that reconstructs and
predicts gives both, told apart by the column head; the rows after a window of 24 are the steps 25, 26, …

Examples:
  tempocode decode out features.csv --out rows.csv
  tempocode decode out/decoder.onnx features.parquet --head prediction --out predicted.parquet`

export function addDecode(program: Command): void {
  program
    .command('decode')
    .description('Turns features back into rows.')
    .argument('<DECODER>', 'a directory that train wrote, or a decoder.onnx')
    .argument('<FEATURES>', 'a file or a query with columns f0, f1, …, such as encode writes')
    .requiredOption('--out <file>', 'the table to write: .csv or .parquet')
    .option('--head <name>', 'the only output to write (default: all)')
    .addOption(choiceOption('--device <name>', 'what computes', DEVICES).default('auto'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((decoder: string, features: string, options: Options) =>
      interruptible((signal) => decode(decoder, features, options, signal)),
    )
}

async function decode(path: string, data: string, options: Options, signal: AbortSignal): Promise<void> {
  const { out, head, device, json } = options
  checkTablePath(out)
  const decoder = await loadDecoder(await artefactPath(path, 'decoder.onnx'), { device })
  try {
    const names = Array.from({ length: decoder.features }, (_, i) => `f${i}`)
    const { values, rows: windows, ...keys } = await readTable(data, names)
    const begin = performance.now()
    const heads = head === undefined ? undefined : [head]
    const rows = await writeRows(decoder, { ...keys, features: values }, out, { heads, signal })
    const seconds = (performance.now() - begin) / 1000
    print(json, { ...resultOf(decoder, out, head), windows, rows, seconds }, [
      ['read', `${counted(decoder.features, 'feature')} of ${counted(windows, 'window')}`],
      ['decoded', `${counted(rows, 'row')} of ${decoder.columns.join(', ')}: ${rowsOf(decoder, head)}`],
      ['device', `${decoder.device}${device === 'auto' ? ', chosen by auto' : ''}, ${duration(seconds)}`],
      ['wrote', out],
    ])
  } finally {
    await decoder.dispose()
  }
}

/** What decode and generate tell programs. */
export const resultOf = (decoder: Decoder, out: string, head?: string) => ({
  out,
  device: decoder.device,
  columns: decoder.columns,
  features: decoder.features,
  heads: decoder.heads.map(({ name }) => name).filter((name) => head === undefined || name === head),
})

/** `24 of each window's reconstruction, 6 of its prediction`. */
export function rowsOf({ heads }: Decoder, head?: string): string {
  const written = heads.filter(({ name }) => head === undefined || name === head)
  return written
    .map(({ name, steps }, i) => `${steps} of ${i === 0 ? "each window's" : 'its'} ${name}`)
    .join(', ')
}
