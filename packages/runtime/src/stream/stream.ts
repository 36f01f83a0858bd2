import { TempocodeError } from '@tempocode/core'
import type { StreamMetadata } from '../metadata.js'
import { kindOf } from '../options.js'
import { Queue } from '../queue.js'
import type { Session } from '../session.js'
import { encodeRows, transformRows } from './pushed.js'
import { type Row, writeRow } from './row.js'

/** What a stream runs on, once it is loaded. */
export interface Step {
  session: Session
  metadata: StreamMetadata
}

/**
 * Features of a series whose rows come one by one: after each row those of all rows so far, in time and memory that do
 * not depend on how many there were. Equal to encoding all rows at once, but for rounding.
 *
 * A row with NaN or infinity in it makes its features NaN, and all that follow, until `reset` or `restore`.
 */
export class Stream {
  readonly #step: () => Promise<Step>
  /** Undefined before the first row: zeros, of a size that is known when the step is loaded. */
  #state: Float32Array | undefined
  readonly #queue = new Queue()

  /**
   * @internal
   * @param streams how many run side by side in one batch
   */
  constructor(
    step: () => Promise<Step>,
    readonly columns: readonly string[],
    readonly streams: number,
  ) {
    this.#step = step
  }

  /**
   * Takes the next row, or one of each stream. Rows take effect in the order in which they are pushed.
   * @returns the features of all rows so far, those of several streams back to back
   * @throws TempocodeError `data` where the row has not as many numbers as there are columns; the stream stays as it was
   */
  push(row: Row): Promise<Float32Array> {
    const numbers = new Float32Array(this.streams * this.columns.length)
    try {
      writeRow(row, this.columns, numbers)
    } catch (cause) {
      return Promise.reject(cause)
    }
    return this.#queue.add(async () => {
      const { session, metadata } = await this.#step()
      const state = this.#state ?? new Float32Array(this.streams * metadata.state)
      const outputs = await session.run({
        row: { data: numbers, shape: [this.streams, this.columns.length] },
        state: { data: state, shape: [this.streams, metadata.state] },
      })
      this.#state = outputs['state.next'].data as Float32Array
      return outputs.features.data as Float32Array
    })
  }

  /** The features after each of the rows. */
  encode(rows: AsyncIterable<Row> | Iterable<Row>) {
    return encodeRows(this, rows)
  }

  /** Rows in, features out: for `pipeThrough`. */
  transform(): TransformStream<Row, Float32Array> {
    return transformRows(this)
  }

  /** A copy of what the rows so far have left, for `restore`: also in another process, or on another device. */
  async state(): Promise<Float32Array> {
    return this.#queue.add(async () => {
      const { metadata } = await this.#step()
      return this.#state?.slice() ?? new Float32Array(this.streams * metadata.state)
    })
  }

  /**
   * Goes on from a state, as if its rows had been pushed here.
   * @throws TempocodeError `data` where it is not of as many streams of this encoder
   */
  async restore(state: Float32Array): Promise<void> {
    return this.#queue.add(async () => {
      const { metadata } = await this.#step()
      const size = this.streams * metadata.state
      if (!(state instanceof Float32Array) || state.length !== size) {
        const received = state instanceof Float32Array ? `has ${state.length} numbers` : `is ${kindOf(state)}`
        const message = `the state ${received}; of ${this.streams} streams it is a Float32Array of ${size}`
        throw new TempocodeError('data', message)
      }
      this.#state = state.slice()
    })
  }

  /** Forgets all rows. */
  async reset(): Promise<void> {
    return this.#queue.add(async () => {
      this.#state = undefined
    })
  }
}
