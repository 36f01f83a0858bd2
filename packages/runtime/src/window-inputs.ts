import { TempocodeError } from '@tempocode/core'
import { type Lengths, padRows } from './sequences.js'
import { flattenRows, type Rows } from './windows.js'

/** Windows that are to be run. */
export interface Inputs {
  n: number
  /** The values of windows [first, end), back to back. */
  windows: (first: number, end: number) => Float32Array
  /** How many rows of each count, for a network with masking. */
  lengths?: Int32Array
}

/** What a graph takes. */
export interface WindowSizes {
  /** Rows in a window. */
  rows: number
  columns: readonly string[]
  masked: boolean
}

/**
 * Windows that come as such.
 * @param kind what the file is, for messages
 * @throws TempocodeError `data` if rows are missing, too many, or not as long as there are columns, or lengths do not
 *   fit them; `option` if lengths are given for a network without masking
 */
export function windowInputs(
  rows: Rows,
  lengths: Lengths | undefined,
  sizes: WindowSizes,
  kind: string,
): Inputs {
  const size = sizes.rows * sizes.columns.length
  if (sizes.masked) {
    const sequences = padRows(rows, lengths, sizes.rows, sizes.columns)
    return wholeInputs(sequences.values, size, sequences.lengths)
  }
  if (lengths === undefined) return wholeInputs(flattenRows(rows, sizes.rows, sizes.columns), size)
  const message = `lengths are for networks with masking; windows of this ${kind} have ${sizes.rows} rows`
  throw new TempocodeError('option', message)
}

const wholeInputs = (values: Float32Array, size: number, lengths?: Int32Array): Inputs => ({
  n: values.length / size,
  windows: (first, end) => values.subarray(first * size, end * size),
  lengths,
})

/** Lays series out as windows, those of one run at a time. */
export class SeriesWindows {
  /** Room for a run's windows, while no series is run: to ask for as much again and again costs more than to keep it. */
  #room: Float32Array | undefined

  /** @param perRun how many windows are asked for at a time, at most */
  constructor(
    private readonly sizes: WindowSizes,
    private readonly perRun: number,
  ) {}

  /**
   * The windows of a series, from its first row on; of one that is shorter than a window, for a network with masking,
   * the sequence that it is.
   * @param run does what is to be done with them; where it fails, some may still be read, and their room is given up
   */
  async of<T>(values: Float32Array, stride: number, run: (inputs: Inputs) => Promise<T>): Promise<T> {
    const { columns, masked } = this.sizes
    const rows = values.length / columns.length
    const size = this.sizes.rows * columns.length
    if (rows < this.sizes.rows) {
      const padded = new Float32Array(size)
      padded.set(values)
      return run(wholeInputs(padded, size, Int32Array.of(rows)))
    }
    const n = Math.floor((rows - this.sizes.rows) / stride) + 1
    const step = stride * columns.length
    const length = Math.min(n, this.perRun) * size
    const room = this.#room && this.#room.length >= length ? this.#room : new Float32Array(length)
    this.#room = undefined
    const windows = (first: number, end: number) => {
      for (let w = first; w < end; w++) {
        room.set(values.subarray(w * step, w * step + size), (w - first) * size)
      }
      return room.subarray(0, (end - first) * size)
    }
    const result = await run({
      n,
      windows,
      lengths: masked ? new Int32Array(n).fill(this.sizes.rows) : undefined,
    })
    this.#room = room
    return result
  }
}
