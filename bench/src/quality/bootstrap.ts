import { Random } from '@tempocode/core'
import { rocAuc } from '@tempocode/trainer'
import { type Interval, percentileInterval } from '../percentile-interval.js'
import { mean } from '../statistics.js'

/** A difference, and where 95 % of those of resampled rows lie. */
export interface Difference extends Interval {
  value: number
}

/**
 * By how much the mean ROC area of several scores of the same rows is above that of another one, with its
 * `percentileInterval` over the rows, drawn with seed 0, the same ones for all scores.
 * @param ours scores of each row, of each seed
 * @param labels of each row 1 where it is anomalous, else 0
 */
export function areaDifference(
  ours: readonly ArrayLike<number>[],
  theirs: ArrayLike<number>,
  labels: ArrayLike<number>,
): Difference {
  const count = labels.length
  const random = new Random(0, 'bootstrap')
  const of = (rows: Int32Array) => {
    const drawn = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row])
    const area = (scores: ArrayLike<number>) => rocAuc(drawn(scores), drawn(labels))
    return mean(ours.map(area)) - area(theirs)
  }
  const value = of(Int32Array.from({ length: count }, (_, row) => row))
  const draw = () => of(Int32Array.from({ length: count }, () => random.below(count)))
  return { value, ...percentileInterval(draw) }
}
