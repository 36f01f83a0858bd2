import { LastRows } from './last-rows.js'
import { encodeRows, transformRows } from './pushed.js'
import type { Row } from './row.js'

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
  readonly #rows: LastRows

  /** @internal */
  constructor(
    private readonly encoder: WindowEncoder,
    readonly hop: number,
  ) {
    this.#rows = new LastRows(encoder.window, encoder.columns)
  }

  /**
   * Takes the next row.
   * @returns the window's features; undefined where it is not whole yet, or less than `hop` rows after the last one
   * @throws TempocodeError `data` where the row has not as many numbers as there are columns
   */
  async push(row: Row): Promise<Float32Array | undefined> {
    const late = this.#rows.push(row) - this.encoder.window // rows after the first whole window
    if (late < 0 || late % this.hop !== 0) return undefined
    return (await this.encoder.encode(this.#rows.window())).data
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
    this.#rows.reset()
  }
}
