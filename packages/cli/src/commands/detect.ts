import { TempocodeError } from '@tempocode/core'
import {
  adaptiveRest,
  adaptiveThreshold,
  type Detector,
  type LoadOptions,
  loadDetector,
  type ThresholdRule,
} from '@tempocode/runtime'
import { openSeries } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { artefactPath, checkTablePath } from '../artefact-path.js'
import { detectStream } from '../detect-stream.js'
import { thresholdOption } from '../detector-flags.js'
import { interruptible } from '../interrupt.js'
import { choiceOption, countOption, missingOption, numberOption } from '../options.js'
import { counted, digits, duration, print, warn } from '../output.js'
import { type FilterFlags, isFilter, type StreamFlags } from '../stream-flags.js'
import { writeScores } from '../write-scores.js'
import { DEVICES } from './encode.js'

interface Options extends StreamFlags {
  time?: string
  /** False where --no-group-by was given. */
  groupBy?: string | false
  threshold?: ThresholdRule
  minLength: number
  release: number
  rest?: number
  adapt?: boolean
  events?: string
  device: NonNullable<LoadOptions['device']>
  json?: boolean
}

const EXAMPLES = `
Each row of the table has its time (or number, from 1), its score, which is that of the window that ends with it, anomaly
(1 while an alarm is on, else 0), and what each column added to the score. An alarm is on from the row that raises it,
the last of --min-length rows above the threshold, to the last one before a score of at most --release × threshold.
The events are the alarms, one in a row: start, raised and end, the columns that caused it, most first, and its highest
score.

With --adapt, a score tells how rare a row is among all rows of its group before it: 3 is one in 1,000, which is the default
threshold then; --threshold is rate:R or a number. It suits streams whose usual days change, and needs hundreds of rows.

With --stream, rows of CSV come on standard input, and each one's line goes to standard output at once.

Examples:
  tempocode detect out pump.csv --out scores.csv --events events.csv
  tempocode detect out pump.parquet --threshold rate:0.0001 --min-length 3 --release 0.8 --out scores.parquet
  tail -n +1 -f pump.csv | tempocode detect out - --stream --time timestamp`

export function addDetect(program: Command): void {
  program
    .command('detect')
    .description('Finds faults: scores every row of a series, and tells events.')
    .argument('<DETECTOR>', 'a directory that train wrote, or a detector.onnx')
    .argument(
      '<DATA>',
      "a file or a query, as for train, that has the detector's columns; - is standard input, with --stream",
    )
    .option('--out <file>', 'the table to write: .csv or .parquet (default with --stream: standard output)')
    .option('--events <file>', 'a table of the events, too: .csv or .parquet')
    .addOption(thresholdOption("the detector's own"))
    .addOption(countOption('--min-length <rows>', 'rows above the threshold that raise an alarm').default(1))
    .addOption(
      numberOption(
        '--release <part>',
        'of the threshold, at or below which an alarm ends',
        'a number above 0, at most 1',
        (x) => x > 0 && x <= 1,
      ).default(1),
    )
    .addOption(
      numberOption(
        '--rest <rows>',
        'after one that raised an alarm, without another alarm (default: 0; with --adapt, 5 windows)',
        'a whole number from 0 on',
        Number.isSafeInteger,
      ),
    )
    .option('--adapt', 'scores each row by the rows before it, not by those of the training')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .option(
      '--group-by <column>',
      "rows that belong together (default: by the detector's own column of groups)",
    )
    .option('--no-group-by', 'all rows belong together, though the detector was trained on groups')
    .addOption(missingOption())
    .option('--stream', 'scores rows while they come on standard input')
    .addOption(choiceOption('--device <name>', 'what computes', DEVICES).default('auto'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action((detector: string, data: string, options: Options) =>
      interruptible((signal) => {
        const useless = (['events', 'json'] as const).filter((name) => options[name] !== undefined)
        const flags = useless.map((name) => `--${name}`)
        return isFilter(data, options, flags)
          ? detectRows(detector, options, signal)
          : detect(detector, data, options, signal)
      }),
    )
}

async function detectRows(path: string, options: Options & FilterFlags, signal: AbortSignal): Promise<void> {
  const { out, time, missing, minLength, release, rest, adapt } = options
  const detector = await open(path, options)
  try {
    const alarms = { minLength, release, rest, adapt }
    await detectStream(detector, { out, groupBy: groupOf(options, detector), time, missing, alarms, signal })
  } finally {
    await detector.dispose()
  }
}

async function open(path: string, { device, threshold, adapt }: Options): Promise<Detector> {
  if (adapt) adaptiveThreshold(threshold) // refuses what is not for it

  const detector = await loadDetector(await artefactPath(path, 'detector.onnx'), { device, threshold })
  if (!adapt && detector.warning !== undefined) warn(detector.warning)
  return detector
}

const groupOf = ({ groupBy }: Options, { metadata }: Detector) =>
  groupBy === false ? undefined : (groupBy ?? metadata.groupBy)

async function detect(path: string, data: string, options: Options, signal: AbortSignal): Promise<void> {
  const { out, events, time, missing, minLength, release, adapt = false, device, json } = options
  if (out === undefined)
    throw new TempocodeError('option', '--out is missing; only --stream writes to standard output')
  checkTablePath(out)
  if (events !== undefined) checkTablePath(events, '--events')
  const detector = await open(path, options)
  try {
    const { columns, span, metadata } = detector
    const threshold = adapt ? adaptiveThreshold(options.threshold) : detector.threshold
    const { rest = adapt ? adaptiveRest(detector.window) : 0 } = options
    const groupBy = groupOf(options, detector)
    const series = await openSeries(data, { time, columns, groupBy, missing })
    const begin = performance.now()
    const written = { adapt, threshold, minLength, release, rest, events, groupBy, signal }
    const found = await writeScores(detector, series, out, written).finally(series.close)
    const seconds = (performance.now() - begin) / 1000
    const rule = options.threshold ?? (adapt ? undefined : metadata.rule)
    const result = { out, eventsOut: events, device: detector.device, rows: series.rows, columns, span }
    print(json, { ...result, score: metadata.score, adapt, rule, threshold, rest, ...found, seconds }, [
      ['read', `${counted(series.rows, 'row')} of ${columns.join(', ')}`],
      [
        'scored',
        `${counted(found.scored, 'row')}, by windows of ${span} rows: ${metadata.score}${adapt ? ', adaptive' : ''}`,
      ],
      ['threshold', `${digits(threshold)}${typeof rule === 'string' ? `, by ${rule}` : ''}`],
      ['found', `${counted(found.events, 'event')}, ${counted(found.anomalies, 'row')} in alarm`],
      ['device', `${detector.device}${device === 'auto' ? ', chosen by auto' : ''}, ${duration(seconds)}`],
      ['wrote', [out, ...(events === undefined ? [] : [events])].join(', ')],
    ])
  } finally {
    await detector.dispose()
  }
}
