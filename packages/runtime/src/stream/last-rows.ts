import { type Row, writeRow } from './row.js'

/** The last rows of a series whose rows come one by one, as many as a window has. */
export class LastRows {
  /** Each row stands where the one stood that is a window older. */
  readonly #ring: Float32Array
  #count = 0

  constructor(
    window: number,
    private readonly columns: readonly string[],
  ) {
    this.#ring = new Float32Array(window * columns.length)
  }

  /**
   * Takes the next row.
   * @returns how many there were
   * @throws TempocodeError `data` where the row has not as many numbers as there are columns
   */
  push(row: Row): number {
    const next = this.#next
    writeRow(row, this.columns, this.#ring.subarray(next, next + this.columns.length))
    return ++this.#count
  }

  /** A copy of the last window, where it is whole, the rows in their order. */
  window(): Float32Array {
    const next = this.#next
    const rows = new Float32Array(this.#ring.length)
    rows.set(this.#ring.subarray(next))
    rows.set(this.#ring.subarray(0, next), rows.length - next)
    return rows
  }

  /** Forgets all rows. */
  reset(): void {
    this.#count = 0
  }

  /** Where the next row is to stand; the oldest one does, once there is a whole window. */
  get #next(): number {
    return (this.#count * this.columns.length) % this.#ring.length
  }
}
