/** A column that tells what a row is of: its time, its number, its group. */
export interface KeyColumn {
  name: string
  /** `timestamp`: microseconds since 1970, UTC. */
  kind: 'timestamp' | 'integer' | 'number' | 'text'
}

/** In the order of the kinds. */
export type KeyValues = BigInt64Array | Int32Array | Float64Array | readonly string[]

/** A table being written in some format, to a path that is free. */
export interface Table {
  append(keys: readonly KeyValues[], values: Float32Array): Promise<void>
  /** Writes what is still held back. */
  finish(): Promise<void>
  /** Lets go of what is held open, finished or not. */
  release(): Promise<void>
}

export type TableFormat = (
  path: string,
  keys: readonly KeyColumn[],
  values: readonly string[],
) => Promise<Table>
