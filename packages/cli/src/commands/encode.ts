import { TempocodeError } from '@tempocode/core'
import { type Encoder, type LoadOptions, loadEncoder, POOLS, type Pool } from '@tempocode/runtime'
import { openSeries } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { artefactPath, checkTablePath } from '../artefact-path.js'
import { encodeStream } from '../encode-stream.js'
import { interruptible } from '../interrupt.js'
import { choiceOption, countOption, missingOption, someOption } from '../options.js'
import { counted, duration, print } from '../output.js'
import { type FilterFlags, isFilter, type StreamFlags } from '../stream-flags.js'
import { writeFeatures } from '../write-features.js'

interface Options extends StreamFlags {
  time?: string
  /** False where --no-group-by was given. */
  groupBy?: string | false
  stride: number
  hop?: number
  pool?: Pool[]
  device: NonNullable<LoadOptions['device']>
  json?: boolean
}

export const DEVICES = ['auto', 'cpu', 'cuda', 'wasm'] satisfies Options['device'][]

const EXAMPLES = `
Each row of the table has the time of a window's last row (or its number, from 1), then the features f0, f1, …
An encoder that was trained with --masked makes one of each group, too, that is shorter than a window.

With --stream, rows of CSV come on standard input, and a line of CSV with features goes to standard output after each of
them. They are the features of all rows so far, which equal those of encoding them at once; with --hop they are those of
the last window. Each group is a stream of its own. With --missing drop, a stream begins anew after a row left out.

Examples:
  tempocode encode out pump.csv --out features.csv
  tempocode encode out/encoder.onnx pump.parquet --group-by machine --stride 24 --out features.parquet
  tempocode encode out pump.csv --group-by machine --pool last,mean,max --out machines.csv
  tail -n +1 -f pump.csv | tempocode encode out - --stream --time timestamp`

export function addEncode(program: Command): void {
  program
    .command('encode')
    .description('Turns every window of a series into features.')
    .argument('<ENCODER>', 'a directory that train wrote, or an encoder.onnx')
    .argument(
      '<DATA>',
      "a file or a query, as for train, that has the encoder's columns; - is standard input, with --stream",
    )
    .option('--out <file>', 'the table to write: .csv or .parquet (default with --stream: standard output)')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .option(
      '--group-by <column>',
      "rows that belong together (default: by the encoder's own column of groups)",
    )
    .option('--no-group-by', 'all rows belong together, though the encoder was trained on groups')
    .addOption(missingOption())
    .addOption(countOption('--stride <rows>', 'rows between the starts of two windows').default(1))
    .addOption(
      someOption(
        '--pool <pools>',
        "one row a group, of its windows' features, some with commas between",
        POOLS,
      ),
    )
    .option('--stream', 'encodes rows while they come on standard input')
    .addOption(countOption('--hop <rows>', 'with --stream: the last window after so many rows'))
    .addOption(choiceOption('--device <name>', 'what computes', DEVICES).default('auto'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((encoder: string, data: string, options: Options, command: Command) =>
      interruptible((signal) => {
        const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli'
        const useless = ['stride', 'pool', 'json'].filter(isGiven).map((name) => `--${name}`)
        if (isFilter(data, options, useless)) return encodeRows(encoder, options, signal)
        return encode(encoder, data, options, signal)
      }),
    )
}

async function encodeRows(path: string, options: Options & FilterFlags, signal: AbortSignal): Promise<void> {
  const { out, time, missing, hop, device } = options
  const encoder = await loadEncoder(await artefactPath(path, 'encoder.onnx'), { device })
  try {
    await encodeStream(encoder, { out, hop, groupBy: groupOf(options, encoder), time, missing, signal })
  } finally {
    await encoder.dispose()
  }
}

const groupOf = ({ groupBy }: Options, { metadata }: Encoder) =>
  groupBy === false ? undefined : (groupBy ?? metadata.groupBy)

async function encode(path: string, data: string, options: Options, signal: AbortSignal): Promise<void> {
  const { out, time, missing, stride, pool, hop, device, json } = options
  if (out === undefined)
    throw new TempocodeError('option', '--out is missing; only --stream writes to standard output')
  if (hop !== undefined) throw new TempocodeError('option', '--hop is for --stream alone; use --stride')
  checkTablePath(out)
  const encoder = await loadEncoder(await artefactPath(path, 'encoder.onnx'), { device })
  try {
    const { columns, window, features } = encoder
    const groupBy = groupOf(options, encoder)
    const series = await openSeries(data, { time, columns, groupBy, missing })
    const begin = performance.now()
    const windows = await writeFeatures(encoder, series, out, { stride, groupBy, pool, signal }).finally(
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
      ...(pool === undefined ? [] : [['pooled', `${pool.join(', ')} of each group`] as [string, string]]),
      ['device', `${encoder.device}${device === 'auto' ? ', chosen by auto' : ''}, ${duration(seconds)}`],
      ['wrote', out],
    ])
  } finally {
    await encoder.dispose()
  }
}
