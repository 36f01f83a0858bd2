import { TempocodeError } from '@tempocode/core'
import { kindOf } from '../options.js'
import { PastScores } from './past-scores.js'

/**
 * What a live stream was like so far, and how rare its next window is: a conformal p-value of each part of the window's
 * score among those of all windows before, combined by Fisher's method. Each score depends on rows before it, and on none
 * after.
 *
 * It reads as −log₁₀ of a rate of false alarms: 3 is one normal row in 1,000, as if the parts were independent. They are
 * not quite. Were two parts always the same, 3 would be one in 100.
 *
 * It holds at most 64 KiB for each part, however many rows there were.
 */
export class ScoreHistory {
  #past: PastScores[] | undefined

  /**
   * Takes the next window to the history.
   * @param parts of its score, float32, as many as those before
   * @returns its adaptive score, float32: 0 for the first window, higher for what is rarer. NaN where a number is NaN: such
   *   a window leaves nothing behind.
   * @throws TempocodeError `option` where the history is of scores of other parts
   */
  push(parts: readonly number[]): number {
    this.#past ??= parts.map((_, i) => new PastScores(`part ${i}`))
    const past = this.#past
    if (past.length !== parts.length) {
      const message = `the history is of scores of ${past.length} parts, and these have ${parts.length}; begin another one`
      throw new TempocodeError('option', message)
    }
    if (parts.some(Number.isNaN)) return Number.NaN
    const y = parts.reduce((sum, part, i) => sum - Math.log(past[i].rarityOf(part)), 0)
    parts.forEach((part, i) => {
      past[i].add(part)
    })
    return Math.fround((y - Math.log(exponentialSum(y, parts.length))) / Math.LN10)
  }
}

/** 1 + y + y²/2 + …, n terms: times e^−y, the probability that chi-squared with 2n degrees of freedom exceeds 2y. */
function exponentialSum(y: number, terms: number): number {
  let [sum, term] = [0, 1]
  for (let i = 1; i <= terms; i++) {
    sum += term
    term *= y / i
  }
  return sum
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
