import { type ThresholdCurve, thresholdCurve } from './threshold-curve.js'

/**
 * The area under the curve of recall over the false alarm rate: the chance that an anomalous row scores higher than a
 * normal one, where equal scores count half (Mann and Whitney). 1/2 for scores that tell nothing.
 * @param scores of each row, higher is more anomalous; none is NaN
 * @param labels of each row 1 where it is anomalous, else 0
 * @returns NaN where all rows are anomalous, or none
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { truePositives, falsePositives } = thresholdCurve(scores, labels)
  let area = 0
  truePositives.forEach((tp, i) => {
    const [tpBefore, fpBefore] = i === 0 ? [0, 0] : [truePositives[i - 1], falsePositives[i - 1]]
    area += ((falsePositives[i] - fpBefore) * (tp + tpBefore)) / 2
  })
  return area / (last(truePositives) * last(falsePositives))
}

/**
 * The area under the curve of precision over recall, as average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores.
 * No line is drawn between the curve's points, which would flatter (Davis and Goadrich, ICML 2006). For scores that
 * tell nothing it is the part of rows that are anomalous.
 * @param scores of each row, higher is more anomalous; none is NaN
 * @param labels of each row 1 where it is anomalous, else 0
 * @returns NaN where no row is anomalous
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { truePositives, falsePositives } = thresholdCurve(scores, labels)
  let area = 0
  truePositives.forEach((tp, i) => {
    area += ((tp - (truePositives[i - 1] ?? 0)) * tp) / (tp + falsePositives[i])
  })
  return area / last(truePositives)
}

/** The best that any one threshold gives. It is found on the labels: no detector can know it. */
export interface BestF1 {
  f1: number
  precision: number
  recall: number
  /** Rows are in alarm that score higher; −Infinity where all are. The highest of those that are equally good. */
  threshold: number
}

/**
 * The highest point-wise F1 of all thresholds, **found on the labels**: an upper bound, for papers that quote it, and
 * never what a detector would reach.
 * @param scores of each row, higher is more anomalous; none is NaN
 * @param labels of each row 1 where it is anomalous, else 0
 * @returns NaN where no row is anomalous
 */
export function bestF1(scores: ArrayLike<number>, labels: ArrayLike<number>): BestF1 {
  const curve = thresholdCurve(scores, labels)
  const positives = last(curve.truePositives)
  if (!(positives > 0)) return { f1: NaN, precision: NaN, recall: NaN, threshold: NaN }
  const f1 = f1Of(curve)
  const best = f1.reduce((found, value, i) => (value > f1[found] ? i : found), 0)
  const tp = curve.truePositives[best]
  return {
    f1: f1[best],
    precision: tp / (tp + curve.falsePositives[best]),
    recall: tp / positives,
    threshold: curve.scores[best + 1] ?? -Infinity,
  }
}

function f1Of({ truePositives, falsePositives }: ThresholdCurve): Float64Array {
  const positives = last(truePositives)
  return truePositives.map((tp, i) => (2 * tp) / (tp + falsePositives[i] + positives))
}

const last = (values: Float64Array) => values[values.length - 1] ?? 0
