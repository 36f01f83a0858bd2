import { TempocodeError } from '@tempocode/core'
import { type AlarmOptions, type Detector, ScoreHistory } from '@tempocode/runtime'
import { noWindow, type Series } from '@tempocode/trainer'
import { openTable, type SeriesReader, type TableWriter } from '@tempocode/trainer/node'
import { EventLog, type RowKey } from './event-log.js'
import { keyColumns, keysOf } from './table-keys.js'
import { type Chunk, windowChunks } from './window-chunks.js'
import { writeEvents } from './write-events.js'

export interface WriteScoresOptions extends AlarmOptions {
  /** A score above it is an anomaly. Default: the detector's. */
  threshold?: number
  /** Whether scores are adaptive; each group has a history of its own. Default false. */
  adapt?: boolean
  /** A table of the events, too: ends in .csv or .parquet. */
  events?: string
  /** The name of the group's column, where rows are grouped. */
  groupBy?: string
  /** Stops after the chunk under way; nothing is left behind. */
  signal?: AbortSignal
  /** How many rows are done, of all. */
  onProgress?: (done: number, all: number) => void
}

/** How many rows were scored, how many of them are in alarm, and how many alarms there were. */
export interface ScoresWritten {
  scored: number
  anomalies: number
  events: number
}

/**
 * Scores every row of a series into a table: the group if there are groups; the row's time, or its number from 1 (`row`)
 * where rows have no times; its `score`, that of the window which ends with it; `anomaly`, 1 while an alarm is on, else 0;
 * and of each column what it added to the score, as `contribution_` and its name. Before the first whole window of a group
 * these are empty.
 * @param series as `readSeries` gives it, or as `openSeries` does, of which memory then holds a part at a time
 * @param path ends in .csv or .parquet; it appears when all is written
 * @throws TempocodeError `data` where there is no window, `file` where a table cannot be written, `option` for alarm
 *   options, `cancelled` where the signal fired
 */
export async function writeScores(
  detector: Detector,
  series: Series | SeriesReader,
  path: string,
  options: WriteScoresOptions = {},
): Promise<ScoresWritten> {
  const { adapt = false, events, groupBy, signal, onProgress, ...others } = options
  const { threshold = detector.threshold, ...alarms } = others
  const { span, columns } = detector
  const log = new EventLog(threshold, columns, alarms)
  const keys = keyColumns(series, groupBy)
  const table = await openTable(path, keys, scoreColumns(columns))
  const written: TableWriter[] = [table]
  const found = { scored: 0, anomalies: 0 }
  let history: { name?: string; scores: ScoreHistory } | undefined
  let longest = 0
  try {
    const pieces = 'pieces' in series ? series.pieces() : [{ ...series, continues: false }]
    const all = { columns: columns.length, window: span, stride: 1, masked: true } // short segments, too
    for await (const chunk of windowChunks(pieces, all)) {
      signal?.throwIfAborted()
      longest = Math.max(longest, chunk.rows)
      if (adapt && history?.name !== chunk.name) history = undefined
      if (adapt) history ??= { name: chunk.name, scores: new ScoreHistory() }
      const { scores, contributions } = await detector.scoreSeries(chunk.values, { adapt: history?.scores })
      const first = chunk.continues ? span - 1 : 0 // those before were in the chunk before
      const rows = Int32Array.from({ length: chunk.rows - first }, (_, i) => first + i)
      const keyValues = keysOf(chunk, rows, groupBy)
      if (!chunk.continues) log.begin(chunk.name)
      const values = new Float32Array(rows.length * (2 + columns.length)).fill(Number.NaN)
      rows.forEach((row, i) => {
        if (Number.isNaN(scores[row])) return
        const parts = contributions.subarray(row * columns.length, (row + 1) * columns.length)
        const isOn = log.push(keyOf(chunk, row), scores[row], parts)
        values.set([scores[row], Number(isOn), ...parts], i * (2 + columns.length))
        found.scored++
        if (isOn) found.anomalies++
      })
      await table.append(keyValues, values)
      onProgress?.(chunk.start + chunk.rows, series.rows)
      await new Promise(setImmediate) // scoring blocks the thread; this lets Ctrl-C through
    }
    if (found.scored === 0) throw noWindow(span, longest)
    if (events !== undefined) written.push(await writeEvents(log, events, keys, groupBy))
    for (const finished of written) await finished.close()
  } catch (cause) {
    for (const begun of written) await begun.abort()
    if (!signal?.aborted) throw cause
    throw new TempocodeError('cancelled', `stopped; ${path} was not written`, { file: path }, { cause })
  }
  return { ...found, events: log.events.length }
}

/** The names of a table's columns behind its keys. */
export const scoreColumns = (columns: readonly string[]): string[] => [
  'score',
  'anomaly',
  ...columns.map((name) => `contribution_${name}`),
]

const keyOf = ({ start, times }: Chunk, row: number): RowKey => times?.[row] ?? start + row + 1
