import type { KeyColumn, KeyValues, SeriesReader } from '@tempocode/trainer/node'
import type { Chunk } from './window-chunks.js'

/** The columns that tell what a row is of: the group where there are groups, and the time or the row's number. */
export function keyColumns({ time }: Pick<SeriesReader, 'time'>, groupBy?: string): KeyColumn[] {
  const group: KeyColumn[] = groupBy === undefined ? [] : [{ name: groupBy, kind: 'text' }]
  return [...group, time ? { name: time.name, kind: time.kind } : { name: 'row', kind: 'integer' }]
}

/** The values of the key columns for some of a chunk's rows, counted from its first one. */
export function keysOf({ name = '', start, times }: Chunk, rows: Int32Array, groupBy?: string): KeyValues[] {
  const group = groupBy === undefined ? [] : [Array.from(rows, () => name)]
  if (times === undefined) return [...group, rows.map((row) => start + row + 1)]
  if (times instanceof Float64Array) return [...group, Float64Array.from(rows, (row) => times[row])]
  const values = new BigInt64Array(rows.length)
  rows.forEach((row, i) => {
    values[i] = times[row]
  })
  return [...group, values]
}
