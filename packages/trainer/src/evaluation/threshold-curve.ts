/** What rises as a threshold falls, at each value that scores have, highest first. */
export interface ThresholdCurve {
  /** Distinct scores, falling. Rows are in alarm whose score is this or higher. */
  scores: Float64Array
  /** Anomalous rows in alarm. */
  truePositives: Float64Array
  /** Normal rows in alarm. */
  falsePositives: Float64Array
}

/**
 * Rows of equal scores come into alarm together, so that their order says nothing.
 * @param scores of each row, higher is more anomalous; none is NaN
 * @param labels of each row 1 where it is anomalous, else 0
 */
export function thresholdCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): ThresholdCurve {
  const [normal, anomalous] = [0, 1].map((label) =>
    Float64Array.from(scores)
      .filter((_, i) => labels[i] === label)
      .sort()
      .reverse(),
  )
  const [distinct, truePositives, falsePositives] = [0, 1, 2].map(() => new Float64Array(scores.length))
  let count = 0
  for (let tp = 0, fp = 0; tp < anomalous.length || fp < normal.length; count++) {
    const score = Math.max(anomalous[tp] ?? -Infinity, normal[fp] ?? -Infinity)
    while (anomalous[tp] === score) tp++
    while (normal[fp] === score) fp++
    distinct[count] = score
    truePositives[count] = tp
    falsePositives[count] = fp
  }
  return {
    scores: distinct.subarray(0, count),
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
  }
}
