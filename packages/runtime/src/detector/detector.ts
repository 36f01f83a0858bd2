import { TempocodeError } from '@tempocode/core'
import { ChunkedSession, type OutputShape, sizeOf, windowsPerRun } from '../chunked-session.js'
import { type DecodedRows, rowsByHead } from '../heads.js'
import { type DetectorMetadata, detectorOutputs } from '../metadata-detector.js'
import { checkCount, checkKeys, checkSignal } from '../options.js'
import type { Session, SessionDevice } from '../session.js'
import type { Verification } from '../verification.js'
import { type Inputs, SeriesWindows, type WindowSizes, windowInputs } from '../window-inputs.js'
import { countRows, type Rows } from '../windows.js'
import { adaptiveScores } from './adaptive-scores.js'
import { adaptiveRest, adaptiveThreshold } from './adaptive-threshold.js'
import { type DetectOptions, feedsOf } from './detector-inputs.js'
import { DetectorStream, type DetectorStreamOptions } from './detector-stream.js'
import { type RowScores, spreadOverRows } from './row-scores.js'
import { contributionsOf, type Measures, type Scoring } from './score.js'
import { historyOf, type ScoreHistory } from './score-history.js'
import type { Threshold } from './threshold.js'
import type { ThresholdRule } from './threshold-rule.js'
import { verifyDetection } from './verify.js'

export interface ScoreSeriesOptions {
  /** Rows between the starts of two windows. Default 1. */
  stride?: number
  /** Whether scores are adaptive, and which past they go on from; as for {@link Detector.stream}. Default false. */
  adapt?: boolean | ScoreHistory
  /** As in {@link DetectOptions}. */
  signal?: AbortSignal
}

/** What a detector says of n windows. */
export interface Detection {
  /** One for each window, higher is more anomalous; NaN where it has NaN or infinity in it. */
  scores: Float32Array
  /** What each column adds to the score, n × columns. */
  contributions: Float32Array
  /** 1 where the score is above the threshold, else 0. */
  anomalies: Uint8Array
}

/**
 * A loaded detector: raw windows in, a score for each out; scaling is inside the file. A window has `span` rows: those
 * that the network is given, and as many after them as it predicts.
 *
 * A window with NaN or infinity in it is not refused: its score is NaN, and it is no anomaly; all others are not touched
 * by it. However many windows there are, they run 512 at most at a time, so that the memory in use stays bounded.
 */
export class Detector {
  readonly #session: ChunkedSession
  readonly #perRun: number
  readonly #sizes: WindowSizes
  readonly #series: SeriesWindows
  readonly #outputs: readonly OutputShape[]

  /** @internal */
  constructor(
    session: Session,
    /** What the file says of itself. */
    readonly metadata: DetectorMetadata,
    private readonly limit: Threshold | undefined,
    /** What the threshold was asked to be, when the file was loaded. */
    private readonly asked?: ThresholdRule,
  ) {
    this.#outputs = detectorOutputs(metadata, this.columns.length)
    this.#perRun = windowsPerRun(this.span * this.columns.length)
    this.#session = new ChunkedSession(session, 'detector', this.#perRun, this.#outputs)
    this.#sizes = { rows: this.span, columns: this.columns, masked: this.masked }
    this.#series = new SeriesWindows(this.#sizes, this.#perRun)
  }

  /** The device that runs the file. */
  get device(): SessionDevice {
    return this.#session.device
  }

  /** Names of the columns, in the order in which a row has them. */
  get columns(): readonly string[] {
    return this.metadata.columns
  }

  /** Rows in a window that the network is given. */
  get window(): number {
    return this.metadata.window
  }

  /** Rows that a score needs: those of a window, and as many after it as are predicted. */
  get span(): number {
    return this.metadata.span
  }

  /** Whether windows may be sequences of fewer rows: the network has masking. */
  get masked(): boolean {
    return this.metadata.masked === true
  }

  /**
   * A score above it is an anomaly: the file's, or that which was asked for when it was loaded.
   * @throws TempocodeError `option` where there is neither
   */
  get threshold(): number {
    if (this.limit) return this.limit.value
    const message = 'the file holds no threshold; give one when it is loaded: { threshold: 0.5 }'
    throw new TempocodeError('option', message)
  }

  /** What keeps the threshold from being what its rule means. */
  get warning(): string | undefined {
    return this.limit?.warning
  }

  /**
   * The scores of n windows, one for each; higher is more anomalous.
   * @param rows n windows back to back, as an encoder takes them, of `span` rows each. They must not change until the
   *   scores are there.
   * @throws TempocodeError `data` if rows are missing, too many, or not as long as there are columns, or lengths do not
   *   fit them; `option` for options; the signal's reason
   */
  async decisionFunction(rows: Rows, options: DetectOptions = {}): Promise<Float32Array> {
    const { score } = await this.#run(this.#inputs(rows, options), ['score'], options.signal)
    return score
  }

  /** 1 for each window whose score is above the threshold, else 0; as {@link decisionFunction}. */
  async predict(rows: Rows, options: DetectOptions = {}): Promise<Uint8Array> {
    const { threshold } = this
    const scores = await this.decisionFunction(rows, options)
    return areAbove(scores, threshold)
  }

  /** Scores, anomalies, and how much each column made of the score; as {@link decisionFunction}. */
  async detect(rows: Rows, options: DetectOptions = {}): Promise<Detection> {
    const { threshold } = this
    const { score, errors } = await this.#run(
      this.#inputs(rows, options),
      ['errors', 'score'],
      options.signal,
    )
    return {
      scores: score,
      contributions: this.#contributions(errors, score),
      anomalies: areAbove(score, threshold),
    }
  }

  /**
   * What the scores of n windows are made of, as {@link decisionFunction}: the errors, n × columns, of each column the
   * root of the mean, over the rows that are compared, of (x − x̂)² in scaled units; and the features, n × features,
   * where the network has a code.
   */
  async measure(rows: Rows, options: DetectOptions = {}): Promise<Measures> {
    const { errors, features } = await this.#run(
      this.#inputs(rows, options),
      ['errors', 'features'],
      options.signal,
    )
    return { errors, features }
  }

  /** The raw rows of each head, by its name: what the network makes of n windows; as {@link decisionFunction}. */
  async reconstruct(rows: Rows, options: DetectOptions = {}): Promise<Record<string, DecodedRows>> {
    const inputs = this.#inputs(rows, options)
    const { heads } = this.metadata
    const outputs = await this.#run(
      inputs,
      heads.map(({ name }) => name),
      options.signal,
    )
    return rowsByHead(outputs, heads, inputs.n, this.columns.length)
  }

  /**
   * Scores every row of a series by the window that ends with it: a live system could have known it then. Rows before
   * the first whole window have none. With a stride, a row whose own window is left out has the score of the last
   * window before. For a network with masking, a series shorter than a window is one sequence, scored at its last row.
   * @param values raw values, rows × columns. They must not change until the scores are there.
   * @throws TempocodeError `data` if the values are no whole rows, `option` for options; the signal's reason
   */
  async scoreSeries(values: Float32Array, options: ScoreSeriesOptions = {}): Promise<RowScores> {
    checkKeys(options, ['stride', 'adapt', 'signal'])
    const { stride = 1, adapt, signal } = options
    const history = historyOf(adapt)
    checkCount('stride', stride)
    checkSignal(signal)
    const rows = countRows(values, 1, this.columns)
    const shape = { rows, columns: this.columns.length, stride, first: Math.min(this.span, rows) - 1 }
    if (rows < this.span && !this.masked) return spreadOverRows(undefined, shape)
    const scored = await this.#series.of(values, stride, (inputs) => this.#scored(inputs, history, signal))
    return spreadOverRows(scored, shape)
  }

  /**
   * A series whose rows come one by one: the score of each, as {@link scoreSeries} has it, and alarms.
   * @throws TempocodeError `option` for options
   */
  stream(options: DetectorStreamOptions = {}): DetectorStream {
    checkKeys(options, ['minLength', 'release', 'rest', 'adapt'])
    const { adapt, ...alarms } = options
    const history = historyOf(adapt)
    const { columns, span, masked } = this
    const threshold = history ? adaptiveThreshold(this.asked) : this.threshold
    const lengths = masked ? [span] : undefined
    const score = (rows: Float32Array) => this.#scored(this.#inputs(rows, { lengths }), history)
    const { rest = history ? adaptiveRest(this.window) : 0 } = alarms
    return new DetectorStream({ columns, span, threshold, score }, { ...alarms, rest })
  }

  /** Runs the file's golden windows on this device, the proof that it computes what the reference did. */
  async verify(): Promise<Verification> {
    const { input, lengths } = this.metadata.golden
    const names = this.#outputs.map(({ name }) => name)
    const given = await this.#run(this.#inputs(input.data, { lengths }), names)
    return verifyDetection(this.metadata, given, this.device)
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  dispose(): Promise<void> {
    return this.#session.dispose()
  }

  #inputs(rows: Rows, options: DetectOptions): Inputs {
    checkKeys(options, ['lengths', 'signal'])
    checkSignal(options.signal)
    return windowInputs(rows, options.lengths, this.#sizes, 'detector')
  }

  /** Scores and contributions of windows; adaptive scores where there is a history. */
  async #scored(inputs: Inputs, history?: ScoreHistory, signal?: AbortSignal): Promise<RowScores> {
    const { score, errors } = await this.#run(inputs, ['errors', 'score'], signal)
    const scores = history
      ? adaptiveScores(errors, score, this.columns.length, this.#scoring, history)
      : score
    return { scores, contributions: this.#contributions(errors, score) }
  }

  #contributions(errors: Float32Array, scores: Float32Array): Float32Array {
    return contributionsOf(errors, scores, this.columns.length, this.#scoring)
  }

  get #scoring(): Scoring {
    const { score, errors, codes } = this.metadata
    return { kind: score, errors, features: codes }
  }

  /**
   * A window is never run alone, but the last one twice: products of a single row are summed in another order, and a
   * stream would not have the bits that the series has.
   */
  async #run(
    inputs: Inputs,
    names: readonly string[],
    signal?: AbortSignal,
  ): Promise<Record<string, Float32Array>> {
    const { n } = inputs
    const all = this.#perRun > 1 && n % this.#perRun === 1 ? n + 1 : n
    const wanted = this.#outputs.filter(({ name }) => names.includes(name))
    const outputs = await this.#session.run(all, feedsOf(inputs, this), signal, wanted)
    return Object.fromEntries(
      wanted.map(({ name, shape }) => [name, outputs[name].subarray(0, n * sizeOf(shape))]),
    )
  }
}

/** 1 for each score above the threshold, else 0. */
const areAbove = (scores: Float32Array, threshold: number) =>
  Uint8Array.from(scores, (score) => (score > threshold ? 1 : 0))
