import { TempocodeError } from '@tempocode/core'
import type { Encoder, Pool } from '@tempocode/runtime'
import type { Series } from '@tempocode/trainer'
import { openTable, type SeriesReader } from '@tempocode/trainer/node'
import { pooledNames, pooledTable } from './pooled-table.js'
import { keyColumns, keysOf } from './table-keys.js'
import { windowChunks } from './window-chunks.js'

export interface WriteFeaturesOptions {
  /** Rows between the starts of two windows. Default 1. */
  stride?: number
  /** The name of the group's column, where rows are grouped. */
  groupBy?: string
  /** One row for each group, with its windows' features pooled so: `last_f0`, …, `mean_f0`, … Default: a row a window. */
  pool?: readonly Pool[]
  /** Stops after the chunk under way; nothing is left behind. */
  signal?: AbortSignal
  /** How many rows are done, of all. */
  onProgress?: (done: number, all: number) => void
}

/**
 * Encodes every window of a series into a table, a row for each (for an encoder with masking, also one for each group
 * that is shorter than a window): the group if there are groups; the time of the
 * window's last row, or the row's number from 1 (`row`) where rows have no times; then the features `f0`, `f1`, …
 * @param series as `readSeries` gives it, or as `openSeries` does, of which memory then holds a part at a time
 * @param path ends in .csv or .parquet; it appears when all is written
 * @returns the number of windows
 * @throws TempocodeError `data` where there is no window, `file` where the table cannot be written, `cancelled` where
 *   the signal fired
 */
export async function writeFeatures(
  encoder: Encoder,
  series: Series | SeriesReader,
  path: string,
  options: WriteFeaturesOptions = {},
): Promise<number> {
  const { stride = 1, groupBy, pool, signal, onProgress } = options
  const { window, masked } = encoder
  const pieces = 'pieces' in series ? series.pieces() : [{ ...series, continues: false }]
  const names = Array.from({ length: encoder.features }, (_, i) => `f${i}`)
  const columns = pool === undefined ? names : pooledNames(pool, names)
  const opened = await openTable(path, keyColumns(series, groupBy), columns)
  const pooling = { features: encoder.features, pools: pool ?? [], grouped: groupBy !== undefined }
  const table = pool === undefined ? opened : pooledTable(opened, pooling)
  let windows = 0
  try {
    for await (const chunk of windowChunks(pieces, {
      columns: series.columns.length,
      window,
      stride,
      masked,
    })) {
      signal?.throwIfAborted()
      const { data, shape } = await encoder.encodeSeries(chunk.values, { stride })
      const first = Math.min(window, chunk.rows) - 1
      const last = Int32Array.from({ length: shape[0] }, (_, i) => first + i * stride)
      await table.append(keysOf(chunk, last, groupBy), data)
      windows += shape[0]
      onProgress?.(chunk.start + chunk.rows, series.rows)
      await new Promise(setImmediate) // encoding blocks the thread; this lets Ctrl-C through
    }
  } catch (cause) {
    await table.abort()
    if (!signal?.aborted) throw cause
    throw new TempocodeError('cancelled', `stopped; ${path} was not written`, { file: path }, { cause })
  }
  await table.close()
  return windows
}
