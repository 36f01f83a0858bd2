import { ChunkedSession, windowsPerRun } from './chunked-session.js'
import type { EncoderMetadata } from './metadata.js'
import { checkCount, checkKeys, checkSignal } from './options.js'
import type { Lengths } from './sequences.js'
import type { Session, SessionDevice, Tensor } from './session.js'
import type { Source } from './source.js'
import type { StepFile } from './stream/step-file.js'
import { Stream } from './stream/stream.js'
import { WindowStream } from './stream/window-stream.js'
import { errorOf, type Verification } from './verification.js'
import { type Inputs, SeriesWindows, type WindowSizes, windowInputs } from './window-inputs.js'
import { countRows, type Rows } from './windows.js'

/** The features of n windows, back to back; shape [n, features]. */
export interface Features {
  data: Float32Array
  shape: [number, number]
}

export interface EncodeOptions {
  /** How many rows of each window count; for a Float32Array of padded windows, and an encoder with masking. */
  lengths?: Lengths
  /** Ends it: it rejects with the signal's reason, and windows whose turn has not come are not encoded. */
  signal?: AbortSignal
}

export interface StreamOptions {
  /** How many series run side by side, in one batch. Default 1. */
  streams?: number
  /** Of `encoder.stream.onnx`. Default: the file of that name beside the encoder's. */
  source?: Source
}

export interface WindowsOptions {
  /** Rows from one window to the next. Default 1. */
  hop?: number
}

export interface SeriesOptions {
  /** Rows between the starts of two windows. Default 1. */
  stride?: number
  /** As in {@link EncodeOptions}. */
  signal?: AbortSignal
}

/**
 * A loaded encoder: raw windows in, features out; scaling is inside the file.
 *
 * A window with NaN or infinity in it is not refused: its features are NaN, all others are not touched by it.
 * However many windows there are, they run 512 at most at a time, so that the memory in use stays bounded.
 */
export class Encoder {
  readonly #session: ChunkedSession
  #step: Promise<StepFile> | undefined
  readonly #sizes: WindowSizes
  readonly #series: SeriesWindows

  /** @internal */
  constructor(
    session: Session,
    /** What the file says of itself. */
    readonly metadata: EncoderMetadata,
    /** Loads the step, from a source or from beside the encoder. */
    private readonly openStep: (source?: Source) => Promise<StepFile>,
  ) {
    this.#sizes = { rows: this.window, columns: this.columns, masked: this.masked }
    const perRun = windowsPerRun(this.window * this.columns.length)
    const outputs = [{ name: 'features', shape: [metadata.features] }]
    this.#session = new ChunkedSession(session, 'encoder', perRun, outputs)
    this.#series = new SeriesWindows(this.#sizes, perRun)
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

  /** Whether windows may be sequences of fewer rows: the network has masking. */
  get masked(): boolean {
    return this.metadata.masked === true
  }

  /**
   * Encodes n windows of raw rows.
   *
   * An encoder with masking takes sequences of 1 to `window` rows: `number[][]` may have fewer rows than a window, and
   * so may each window of `number[][][]`; they are padded here. A Float32Array has whole windows, padded by anything,
   * and `lengths` tells how many rows of each count.
   *
   * @param rows n windows back to back: a Float32Array of n · window · columns, `number[][]` of n · window rows, or
   *   `number[][][]` of n windows. They must not change until the features are there.
   * @throws TempocodeError `data` if rows are missing, too many, or not as long as there are columns, or lengths do not
   *   fit them; `option` if lengths are given to an encoder without masking
   */
  async encode(rows: Rows, options: EncodeOptions = {}): Promise<Features> {
    checkKeys(options, ['lengths', 'signal'])
    const { lengths, signal } = options
    checkSignal(signal)
    return this.#run(windowInputs(rows, lengths, this.#sizes, 'encoder'), signal)
  }

  /**
   * Encodes every window of a series: the one that starts at the first row, the one `stride` rows later, and so on
   * to the last that is whole. For an encoder with masking, a series shorter than a window is one sequence.
   * @param values raw values, rows × columns. They must not change until the features are there.
   * @throws TempocodeError `data` if the values are no whole rows or too few, `option` for options
   */
  async encodeSeries(values: Float32Array, options: SeriesOptions = {}): Promise<Features> {
    checkKeys(options, ['stride', 'signal'])
    const { stride = 1, signal } = options
    checkCount('stride', stride)
    checkSignal(signal)
    countRows(values, this.masked ? 1 : this.window, this.columns)
    return this.#series.of(values, stride, (inputs) => this.#run(inputs, signal))
  }

  /** Runs the file's golden pair on this device, the proof that it computes what the reference did. */
  async verify(): Promise<Verification> {
    const { input, lengths, output, tolerance } = this.metadata.golden
    const { data } = await this.encode(input.data, { lengths })
    return { error: errorOf(data, output.data), tolerance, device: this.device }
  }

  /**
   * A series whose rows come one by one; see {@link Stream}. It runs the encoder's step, `encoder.stream.onnx`, which is
   * loaded with the first row, on the encoder's device, and is there for all streams.
   * @throws TempocodeError `option` for options; and when rows are pushed, as `loadEncoder` does
   */
  stream(options: StreamOptions = {}): Stream {
    checkKeys(options, ['streams', 'source'])
    const { streams = 1, source } = options
    checkCount('streams', streams)
    return new Stream(() => this.#stepOf(source), this.columns, streams)
  }

  /**
   * Features of the last window of a series whose rows come one by one, every `hop` rows; see {@link WindowStream}.
   * @throws TempocodeError `option` for options
   */
  windows(options: WindowsOptions = {}): WindowStream {
    checkKeys(options, ['hop'])
    const { hop = 1 } = options
    checkCount('hop', hop)
    return new WindowStream(this, hop)
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  async dispose(): Promise<void> {
    await this.#session.dispose()
    await this.#step?.then(
      (step) => step.dispose(),
      () => {}, // it was never there; whoever pushed has the error
    )
  }

  /** One that cannot be loaded is tried again by the next row. */
  #stepOf(source?: Source): Promise<StepFile> {
    this.#step ??= this.openStep(source).catch((cause) => {
      this.#step = undefined
      throw cause
    })
    return this.#step
  }

  async #run({ n, windows, lengths }: Inputs, signal?: AbortSignal): Promise<Features> {
    const { features } = await this.#session.run(
      n,
      (first, end) => {
        const shape = [end - first, this.window, this.columns.length]
        const feeds: Record<string, Tensor> = { input: { data: windows(first, end), shape } }
        if (lengths) feeds.lengths = { data: lengths.subarray(first, end), shape: [end - first] }
        return feeds
      },
      signal,
    )
    return { data: features, shape: [n, this.features] }
  }
}
