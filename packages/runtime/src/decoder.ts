import { TempocodeError } from '@tempocode/core'
import { ChunkedSession, sizeOf, windowsPerRun } from './chunked-session.js'
import { sampleCodes } from './codes.js'
import type { Features } from './encoder.js'
import { type DecodedRows, headErrors, headOutputs, rowsByHead } from './heads.js'
import type { DecoderMetadata, Head } from './metadata.js'
import { checkCount, checkKeys, checkSignal, kindOf } from './options.js'
import type { Session, SessionDevice } from './session.js'
import { largestError, type Verification } from './verification.js'

export interface DecodeOptions {
  /** Ends it: it rejects with the signal's reason, and windows whose turn has not come are not decoded. */
  signal?: AbortSignal
}

export interface SampleOptions {
  /** Another whole number gives other codes. Default 0. */
  seed?: number
}

/**
 * A loaded decoder: features in, raw rows out, of each head; the inverse of scaling is inside the file.
 *
 * Features that are NaN or infinite are not refused: their rows are NaN, all others are not touched by them. However
 * many windows there are, they run 512 at most at a time, so that the memory in use stays bounded.
 */
export class Decoder {
  readonly #session: ChunkedSession

  /** @internal */
  constructor(
    session: Session,
    /** What the file says of itself. */
    readonly metadata: DecoderMetadata,
  ) {
    const outputs = headOutputs(this.heads, this.columns.length)
    const numbers = outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    this.#session = new ChunkedSession(session, 'decoder', windowsPerRun(numbers), outputs)
  }

  /** The device that runs the file. */
  get device(): SessionDevice {
    return this.#session.device
  }

  /** Names of the columns, in the order in which a row has them. */
  get columns(): readonly string[] {
    return this.metadata.columns
  }

  /** Rows in a window of the training. */
  get window(): number {
    return this.metadata.window
  }

  /** Number of features of a window. */
  get features(): number {
    return this.metadata.features
  }

  /** What it gives for each window's features, such as its `reconstruction`. */
  get heads(): readonly Head[] {
    return this.metadata.heads
  }

  /**
   * Decodes the features of n windows.
   * @param features back to back as the encoder gives them, n · features, or n lists of them. They must not change
   *   until the rows are there.
   * @returns the rows of each head, by its name
   * @throws TempocodeError `data` if features are missing or too many, `option` for options; the signal's reason
   */
  async decode(
    features: Float32Array | readonly (readonly number[])[],
    options: DecodeOptions = {},
  ): Promise<Record<string, DecodedRows>> {
    checkKeys(options, ['signal'])
    checkSignal(options.signal)
    const codes = this.#flat(features)
    const outputs = await this.#run(codes, options.signal)
    return rowsByHead(outputs, this.heads, codes.length / this.features, this.columns.length)
  }

  /**
   * Draws features from the Gaussian of the training windows' features, to be decoded. The same seed gives the same
   * ones on every machine.
   * @throws TempocodeError `model` if the file does not know those features, `option` for options
   */
  sample(count: number, options: SampleOptions = {}): Features {
    checkKeys(options, ['seed'])
    checkCount('count', count)
    const { codes } = this.metadata
    if (!codes) {
      throw new TempocodeError('model', 'the decoder holds no distribution of features to sample from')
    }
    return { data: sampleCodes(codes, count, options.seed ?? 0), shape: [count, this.features] }
  }

  /** Runs the file's golden features on this device, the proof that it computes what the reference did. */
  async verify(): Promise<Verification> {
    const { golden, heads, scaler } = this.metadata
    const { input, outputs, tolerance } = golden
    const given = await this.#run(input.data)
    const error = largestError(headErrors(heads, scaler.scale, given, outputs))
    return { error, tolerance, device: this.device }
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  dispose(): Promise<void> {
    return this.#session.dispose()
  }

  #run(codes: Float32Array, signal?: AbortSignal): Promise<Record<string, Float32Array>> {
    const size = this.features
    return this.#session.run(
      codes.length / size,
      (first, end) => ({
        features: { data: codes.subarray(first * size, end * size), shape: [end - first, size] },
      }),
      signal,
    )
  }

  #flat(features: unknown): Float32Array {
    const fail = (message: string): never => {
      throw new TempocodeError('data', message)
    }
    const size = this.features
    if (features instanceof Float32Array) {
      if (features.length > 0 && features.length % size === 0) return features
      return fail(`there are ${features.length} numbers; a window has ${size} features`)
    }
    if (!Array.isArray(features) || features.length === 0) {
      const received = Array.isArray(features) ? 'empty' : kindOf(features)
      return fail(`features are ${received}; use a Float32Array or number[][] of ${size} for each window`)
    }
    const rows = features.map((row: unknown, w) => {
      if (Array.isArray(row) && row.length === size && row.every((value) => typeof value === 'number'))
        return row as number[]
      const received = Array.isArray(row) ? `an Array of ${row.length}` : kindOf(row)
      return fail(`the features of window ${w + 1} are ${received}; use ${size} numbers`)
    })
    return Float32Array.from(rows.flat())
  }
}
