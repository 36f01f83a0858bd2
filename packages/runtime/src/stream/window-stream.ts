import { encodeRows, transformRows } from './pushed.js'
import { type Row, writeRow } from './row.js'

/** What encodes whole windows. */
interface WindowEncoder {
  readonly columns: readonly string[]
  readonly window: number
  encode(rows: Float32Array): Promise<{ data: Float32Array }>
}

/**
 * Features of the last window of a series whose rows come one by one: from the first whole window on, after every
 * `hop` rows, just those that `encode` gives for the window.
 */
export class WindowStream {
  /** The last `window` rows; the oldest one is at `#next` once there are as many. */
  readonly #ring: Float32Array
  #next = 0
  #rows = 0

  /** @internal */
  constructor(
    private readonly encoder: WindowEncoder,
    readonly hop: number,
  ) {
    this.#ring = new Float32Array(encoder.window * encoder.columns.length)
  }

  /**
   * Takes the next row.
   * @returns the window's features; undefined where it is not whole yet, or less than `hop` rows after the last one
   * @throws TempocodeError `data` where the row has not as many numbers as there are columns
   */
  async push(row: Row): Promise<Float32Array | undefined> {
    const { columns, window } = this.encoder
    const width = columns.length
    writeRow(row, columns, this.#ring.subarray(this.#next * width, (this.#next + 1) * width))
    this.#next = (this.#next + 1) % window
    this.#rows++
    if (this.#rows < window || (this.#rows - window) % this.hop !== 0) return undefined
    const rows = new Float32Array(this.#ring.length)
    rows.set(this.#ring.subarray(this.#next * width))
    rows.set(this.#ring.subarray(0, this.#next * width), rows.length - this.#next * width)
    return (await this.encoder.encode(rows)).data
  }

  /** The features of the windows that the rows complete. */
  encode(rows: AsyncIterable<Row> | Iterable<Row>) {
    return encodeRows(this, rows)
  }

  /** Rows in, features out: for `pipeThrough`. */
  transform(): TransformStream<Row, Float32Array> {
    return transformRows(this)
  }

  /** Forgets all rows. */
  reset(): void {
    this.#next = 0
    this.#rows = 0
  }
}
