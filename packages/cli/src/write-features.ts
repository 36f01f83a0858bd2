import { TempocodeError } from '@tempocode/core'
import type { Encoder } from '@tempocode/runtime'
import { type Segment, type Series, windowStarts } from '@tempocode/trainer'
import { type KeyColumn, type KeyValues, openTable } from '@tempocode/trainer/node'

const CHUNK = 4096 // windows that are encoded, then written

export interface WriteFeaturesOptions {
  /** Rows between the starts of two windows. Default 1. */
  stride?: number
  /** The name of the group's column, where rows are grouped. */
  groupBy?: string
  /** Stops after the chunk under way; nothing is left behind. */
  signal?: AbortSignal
  /** How many windows are done, of all. */
  onProgress?: (done: number, all: number) => void
}

/**
 * Encodes every window of a series into a table, a row for each: the group if there are groups; the time of the
 * window's last row, or the row's number from 1 (`row`) where rows have no times; then the features `f0`, `f1`, …
 * @param path ends in .csv or .parquet; it appears when all is written
 * @returns the number of windows
 * @throws TempocodeError `data` where there is no window, `file` where the table cannot be written, `cancelled` where
 *   the signal fired
 */
export async function writeFeatures(
  encoder: Encoder,
  series: Series,
  path: string,
  options: WriteFeaturesOptions = {},
): Promise<number> {
  const { stride = 1, groupBy, signal, onProgress } = options
  const { window } = encoder
  const width = series.columns.length
  const all = windowStarts(series.segments, window, stride).length
  const names = Array.from({ length: encoder.features }, (_, i) => `f${i}`)
  const table = await openTable(path, keyColumns(series, groupBy), names)
  try {
    let done = 0
    for (const segment of series.segments) {
      const reach = CHUNK * stride // rows from one chunk's start to the next one's
      for (let start = segment.start; start + window <= segment.end; start += reach) {
        signal?.throwIfAborted()
        const end = Math.min(segment.end, start + reach - stride + window)
        const rows = series.values.subarray(start * width, end * width)
        const { data, shape } = await encoder.encodeSeries(rows, { stride })
        const last = Int32Array.from({ length: shape[0] }, (_, i) => start + i * stride + window - 1)
        await table.append(keysOf(series, segment, last, groupBy), data)
        done += shape[0]
        onProgress?.(done, all)
        await new Promise(setImmediate) // encoding blocks the thread; this lets Ctrl-C through
      }
    }
  } catch (cause) {
    await table.abort()
    if (!signal?.aborted) throw cause
    throw new TempocodeError('cancelled', `stopped; ${path} was not written`, { file: path }, { cause })
  }
  await table.close()
  return all
}

function keyColumns({ time }: Series, groupBy?: string): KeyColumn[] {
  const group: KeyColumn[] = groupBy === undefined ? [] : [{ name: groupBy, kind: 'text' }]
  return [...group, time ? { name: time.name, kind: time.kind } : { name: 'row', kind: 'integer' }]
}

/** The values of the key columns for windows whose last rows are these. */
function keysOf({ time }: Series, segment: Segment, last: Int32Array, groupBy?: string): KeyValues[] {
  const group = groupBy === undefined ? [] : [Array.from(last, () => segment.name ?? '')]
  if (time === undefined) return [...group, last.map((row) => row + 1)]
  if (time.kind === 'number') return [...group, Float64Array.from(last, (row) => time.values[row])]
  const values = new BigInt64Array(last.length)
  last.forEach((row, i) => {
    values[i] = time.values[row]
  })
  return [...group, values]
}
