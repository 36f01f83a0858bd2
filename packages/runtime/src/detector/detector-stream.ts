import { type Row, writeRow } from '../stream/row.js'
import { type AlarmOptions, type AlarmState, AlarmTracker } from './events.js'
import type { RowScores } from './row-scores.js'
import type { ScoreHistory } from './score-history.js'

export interface DetectorStreamOptions extends AlarmOptions {
  /**
   * Whether scores are adaptive: how rare a row is among all rows before it, see {@link ScoreHistory}. A history of one's
   * own may have a past: that of the training rows, or of the stream before it was interrupted. Then the threshold is of
   * such scores: 3, or what was asked for when the detector was loaded; and `rest` is 5 windows by default. Default false.
   */
  adapt?: boolean | ScoreHistory
}

/** What scores whole windows. */
interface WindowDetector {
  readonly columns: readonly string[]
  readonly span: number
  readonly threshold: number
  /** @param rows of one window */
  score(rows: Float32Array): Promise<RowScores>
}

/** What a row of a stream means. */
export interface StreamedScore {
  /** Of the window that ends with the row; NaN before the first whole one. */
  score: number
  /** What each column adds to the score. */
  contributions: Float32Array
  /** Whether an alarm is raised by the row, goes on, or ended before it; undefined where there is none. */
  alarm: AlarmState | undefined
}

/** Scores of a series whose rows come one by one, and the alarms that they raise. */
export class DetectorStream {
  /** The last rows; the oldest one is at `#next` once there are as many as a window has. */
  readonly #ring: Float32Array
  #next = 0
  #rows = 0
  #tracker: AlarmTracker
  #last: Promise<unknown> = Promise.resolve()

  /** @internal */
  constructor(
    private readonly detector: WindowDetector,
    private readonly options: AlarmOptions,
  ) {
    this.#ring = new Float32Array(detector.span * detector.columns.length)
    this.#tracker = new AlarmTracker(detector.threshold, options)
  }

  /**
   * Takes the next row. Rows take effect in the order in which they are pushed.
   * @throws TempocodeError `data` where the row has not as many numbers as there are columns; the stream stays as it was
   */
  push(row: Row): Promise<StreamedScore> {
    const { columns, span } = this.detector
    const numbers = new Float32Array(columns.length)
    try {
      writeRow(row, columns, numbers)
    } catch (cause) {
      return Promise.reject(cause)
    }
    return this.#inTurn(async () => {
      this.#ring.set(numbers, this.#next * columns.length)
      this.#next = (this.#next + 1) % span
      this.#rows++
      if (this.#rows < span) return { score: NaN, contributions: numbers.fill(NaN), alarm: undefined }
      const { scores, contributions } = await this.detector.score(this.#window())
      const [score] = scores
      return { score, contributions, alarm: this.#tracker.push(score) }
    })
  }

  /** What each of the rows means. */
  async *detect(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<StreamedScore, void, undefined> {
    for await (const row of rows) yield await this.push(row)
  }

  /** Forgets all rows, and the alarm under way. What is usual, a history of scores, stays. */
  async reset(): Promise<void> {
    return this.#inTurn(async () => {
      this.#next = 0
      this.#rows = 0
      this.#tracker = new AlarmTracker(this.detector.threshold, this.options)
    })
  }

  /** The last rows in their order. */
  #window(): Float32Array {
    const rows = new Float32Array(this.#ring.length)
    const from = this.#next * this.detector.columns.length
    rows.set(this.#ring.subarray(from))
    rows.set(this.#ring.subarray(0, from), rows.length - from)
    return rows
  }

  /** Starts the work when what was asked for before is done; one that fails does not keep the next from its turn. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work)
    this.#last = result
    return result
  }
}
