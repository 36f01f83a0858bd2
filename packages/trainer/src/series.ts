import type { Segment } from './segments.js'

/** One time for each row, never falling within a segment. */
export type Time =
  | { name: string; kind: 'timestamp' /** Microseconds since 1970, UTC. */; values: BigInt64Array }
  | { name: string; kind: 'number' /** In a unit of the caller's own. */; values: Float64Array }

/** What was measured: rows in the order of time, all values finite, in raw units. */
export interface Series {
  columns: string[]
  rows: number
  /** rows × columns, a row's values side by side. */
  values: Float32Array
  time?: Time
  /** The name of the column whose values name the segments. */
  groupBy?: string
  /** All rows lie in one of these; rows of one group follow each other. */
  segments: Segment[]
}
