import { TempocodeError } from '@tempocode/core'
import { kindOf } from '../options.js'
import { PastScores } from './past-scores.js'

/**
 * What a live stream was like so far, and how rare its next row is: two conformal p-values, of the last row's error and of
 * the window's score among those of all rows before, combined by Fisher's method. Each row's score depends on rows before
 * it, and on none after.
 *
 * The score reads as −log₁₀ of a rate of false alarms: 3 is one normal row in 1,000, as if the two p-values were
 * independent. They are not quite: the last row is one of the window's. Were they always the same, 3 would be one in 100.
 *
 * It holds at most 128 KiB, however many rows there were.
 */
export class ScoreHistory {
  readonly #rows = new PastScores('errors of last rows')
  readonly #windows = new PastScores('scores of windows')

  /**
   * Takes the next row to the history.
   * @param row the error of the window's last row
   * @param window the window's score
   * @returns its adaptive score, float32: 0 for the first row, higher for what is rarer. NaN where a number is NaN: such a
   *   row leaves nothing behind.
   */
  push(row: number, window: number): number {
    if (Number.isNaN(row) || Number.isNaN(window)) return Number.NaN
    const y = -Math.log(this.#rows.rarityOf(row)) - Math.log(this.#windows.rarityOf(window))
    this.#rows.add(row)
    this.#windows.add(window)
    return Math.fround((y - Math.log1p(y)) / Math.LN10) // −log₁₀[(1 + y) e^−y], chi-squared with 4 degrees of freedom
  }
}

/**
 * The history that an option asks for; none where it is false or missing.
 * @throws TempocodeError `option` for anything else
 */
export function historyOf(adapt: unknown): ScoreHistory | undefined {
  if (adapt === undefined || adapt === false) return undefined
  if (adapt === true) return new ScoreHistory()
  if (adapt instanceof ScoreHistory) return adapt
  throw new TempocodeError('option', `adapt is ${kindOf(adapt)}; use true, false or a ScoreHistory`)
}
