import { type LoadOptions, loadEncoder } from '@tempocode/runtime'
import type { MissingPolicy } from '@tempocode/trainer'
import { openSeries } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { artefactPath, checkTablePath } from '../artefact-path.js'
import { interruptible } from '../interrupt.js'
import { choiceOption, countOption } from '../options.js'
import { counted, duration, print } from '../output.js'
import { writeFeatures } from '../write-features.js'

interface Options {
  out: string
  time?: string
  /** False where --no-group-by was given. */
  groupBy?: string | false
  missing: MissingPolicy
  stride: number
  device: NonNullable<LoadOptions['device']>
  json?: boolean
}

export const DEVICES = ['auto', 'cpu', 'cuda', 'wasm'] satisfies Options['device'][]
const MISSING = ['error', 'interpolate', 'drop'] satisfies MissingPolicy[]

const EXAMPLES = `
Each row of the table has the time of a window's last row (or its number, from 1), then the features f0, f1, …
An encoder that was trained with --masked makes one of each group, too, that is shorter than a window.

Examples:
  tempocode encode out pump.csv --out features.csv
  tempocode encode out/encoder.onnx pump.parquet --group-by machine --stride 24 --out features.parquet`

export function addEncode(program: Command): void {
  program
    .command('encode')
    .description('Turns every window of a series into features.')
    .argument('<ENCODER>', 'a directory that train wrote, or an encoder.onnx')
    .argument('<DATA>', "a file or a query, as for train, that has the encoder's columns")
    .requiredOption('--out <file>', 'the table to write: .csv or .parquet')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .option(
      '--group-by <column>',
      "rows that belong together (default: by the encoder's own column of groups)",
    )
    .option('--no-group-by', 'all rows belong together, though the encoder was trained on groups')
    .addOption(
      choiceOption('--missing <policy>', 'what to do about missing values', MISSING).default('error'),
    )
    .addOption(countOption('--stride <rows>', 'rows between the starts of two windows').default(1))
    .addOption(choiceOption('--device <name>', 'what computes', DEVICES).default('auto'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((encoder: string, data: string, options: Options) =>
      interruptible((signal) => encode(encoder, data, options, signal)),
    )
}

async function encode(path: string, data: string, options: Options, signal: AbortSignal): Promise<void> {
  const { out, time, missing, stride, device, json } = options
  checkTablePath(out)
  const encoder = await loadEncoder(await artefactPath(path, 'encoder.onnx'), { device })
  try {
    const { columns, window, features, metadata } = encoder
    const groupBy = options.groupBy === false ? undefined : (options.groupBy ?? metadata.groupBy)
    const series = await openSeries(data, { time, columns, groupBy, missing })
    const begin = performance.now()
    const windows = await writeFeatures(encoder, series, out, { stride, groupBy, signal }).finally(
      series.close,
    )
    const seconds = (performance.now() - begin) / 1000
    const upTo = encoder.masked ? 'up to ' : ''
    const result = {
      out,
      device: encoder.device,
      rows: series.rows,
      columns,
      window,
      stride,
      windows,
      features,
      seconds,
    }
    print(json, result, [
      ['read', `${counted(series.rows, 'row')} of ${columns.join(', ')}`],
      [
        'encoded',
        `${counted(windows, 'window')} of ${upTo}${window} rows into ${counted(features, 'feature')} each`,
      ],
      ['device', `${encoder.device}${device === 'auto' ? ', chosen by auto' : ''}, ${duration(seconds)}`],
      ['wrote', out],
    ])
  } finally {
    await encoder.dispose()
  }
}
