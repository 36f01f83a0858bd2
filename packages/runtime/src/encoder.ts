import { TempocodeError } from '@tempocode/core'
import type { Metadata } from './metadata.js'
import { checkCount, checkKeys } from './options.js'
import type { Session, SessionDevice } from './session.js'
import { countRows, flattenRows, type Rows } from './windows.js'

/** The features of n windows, back to back; shape [n, features]. */
export interface Features {
  data: Float32Array
  shape: [number, number]
}

/** How far a device is from the reference. */
export interface Verification {
  /** The largest absolute difference to the golden output, as a part of that output's largest absolute value. */
  error: number
  /** The largest error that the file allows. */
  tolerance: number
  device: SessionDevice
}

export interface SeriesOptions {
  /** Rows between the starts of two windows. Default 1. */
  stride?: number
}

/**
 * Windows in a run, by the numbers in a window: at most 512, where an LSTM is fastest on cpu and wasm (4096 take a
 * fifth longer for each), and fewer, down to 1, if they hold more than 2²² numbers, 16 MiB.
 */
export const windowsPerRun = (size: number) => Math.max(1, Math.min(512, Math.floor(2 ** 22 / size)))

/**
 * A loaded encoder: raw windows in, features out; scaling is inside the file.
 *
 * A window with NaN or infinity in it is not refused: its features are NaN, all others are not touched by it.
 * However many windows there are, they run 512 at most at a time, so that the memory in use stays bounded.
 */
export class Encoder {
  readonly #session: Session
  readonly #perRun: number
  #disposed = false

  /** @internal */
  constructor(
    session: Session,
    /** What the file says of itself. */
    readonly metadata: Metadata,
  ) {
    this.#session = session
    this.#perRun = windowsPerRun(metadata.window * metadata.columns.length)
  }

  /** The device that runs the file. */
  get device(): SessionDevice {
    return this.#session.device
  }

  /** Names of the columns, in the order in which a row has them. */
  get columns(): readonly string[] {
    return this.metadata.columns
  }

  /** Rows in a window. */
  get window(): number {
    return this.metadata.window
  }

  /** Number of features of a window. */
  get features(): number {
    return this.metadata.features
  }

  /**
   * Encodes n windows of raw rows.
   * @param rows n windows back to back: a Float32Array of n · window · columns, `number[][]` of n · window rows, or
   *   `number[][][]` of n windows. They must not change until the features are there.
   * @throws TempocodeError `data` if rows are missing, too many, or not as long as there are columns
   */
  async encode(rows: Rows): Promise<Features> {
    const values = flattenRows(rows, this.window, this.columns)
    const size = this.window * this.columns.length
    return this.#run(values.length / size, (first, end) => values.subarray(first * size, end * size))
  }

  /**
   * Encodes every window of a series: the one that starts at the first row, the one `stride` rows later, and so on
   * to the last that is whole.
   * @param values raw values, rows × columns. They must not change until the features are there.
   * @throws TempocodeError `data` if the values are no whole rows or fewer than a window's, `option` for options
   */
  async encodeSeries(values: Float32Array, options: SeriesOptions = {}): Promise<Features> {
    checkKeys(options, ['stride'])
    const { stride = 1 } = options
    checkCount('stride', stride)
    const rows = countRows(values, this.window, this.columns)
    const n = Math.floor((rows - this.window) / stride) + 1
    const size = this.window * this.columns.length
    const step = stride * this.columns.length
    const chunk = new Float32Array(Math.min(n, this.#perRun) * size)
    return this.#run(n, (first, end) => {
      for (let w = first; w < end; w++) {
        chunk.set(values.subarray(w * step, w * step + size), (w - first) * size)
      }
      return chunk.subarray(0, (end - first) * size)
    })
  }

  /** Runs the file's golden pair on this device, the proof that it computes what the reference did. */
  async verify(): Promise<Verification> {
    const { input, output, tolerance } = this.metadata.golden
    const { data } = await this.encode(input.data)
    const difference = largest(data.map((value, i) => value - output.data[i]))
    const error = difference === 0 ? 0 : difference / largest(output.data)
    return { error, tolerance, device: this.device }
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  async dispose(): Promise<void> {
    this.#disposed = true
    await this.#session.release()
  }

  /** Runs n windows, chunk by chunk; `windows` gives those of [first, end), back to back. */
  async #run(n: number, windows: (first: number, end: number) => Float32Array): Promise<Features> {
    const data = new Float32Array(n * this.features)
    for (let first = 0; first < n; first += this.#perRun) {
      if (this.#disposed) throw new TempocodeError('device', 'the encoder is disposed; load it again')
      const end = Math.min(n, first + this.#perRun)
      const input = { data: windows(first, end), shape: [end - first, this.window, this.columns.length] }
      const { features } = await this.#session.run({ input })
      const shape = [end - first, this.features]
      if (!(features.data instanceof Float32Array) || features.shape.join() !== shape.join()) {
        const message = `the graph gave features of shape [${features.shape.join(', ')}], not [${shape.join(', ')}]`
        throw new TempocodeError('model', message)
      }
      data.set(features.data, first * this.features)
    }
    return { data, shape: [n, this.features] }
  }
}

/** The largest absolute value; NaN if there is one. */
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
