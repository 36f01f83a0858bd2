import { Queue } from '../queue.js'
import { LastRows } from '../stream/last-rows.js'
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
  readonly #rows: LastRows
  #tracker: AlarmTracker
  readonly #queue = new Queue()

  /** @internal */
  constructor(
    private readonly detector: WindowDetector,
    private readonly options: AlarmOptions,
  ) {
    this.#rows = new LastRows(detector.span, detector.columns)
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
    return this.#queue.add(async () => {
      if (this.#rows.push(numbers) < span)
        return { score: NaN, contributions: numbers.fill(NaN), alarm: undefined }
      const { scores, contributions } = await this.detector.score(this.#rows.window())
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
    return this.#queue.add(async () => {
      this.#rows.reset()
      this.#tracker = new AlarmTracker(this.detector.threshold, this.options)
    })
  }
}
