/** Rows by what a detector said of them and what they are. */
export interface Confusion {
  truePositives: number
  falsePositives: number
  trueNegatives: number
  falseNegatives: number
}

/** All parts of 1. NaN where nothing is there to take a part of: no alarm, no anomaly, or no normal row. */
export interface PointMeasures {
  /** TP / (TP + FP): of the rows in alarm, those that are anomalous. */
  precision: number
  /** TP / (TP + FN): of the anomalous rows, those in alarm. */
  recall: number
  /** 2 TP / (2 TP + FP + FN): the harmonic mean of both. */
  f1: number
  /** FAR = FP / (FP + TN): of the normal rows, those in alarm. */
  falseAlarmRate: number
  /** MAR = FN / (FN + TP): of the anomalous rows, those not in alarm. */
  missedAlarmRate: number
}

/**
 * Counts rows, each by itself.
 * @param alarms of each row 1 where it is in alarm, else 0
 * @param labels of each row 1 where it is anomalous, else 0
 */
export function confusion(alarms: ArrayLike<number>, labels: ArrayLike<number>): Confusion {
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < labels.length; i++) counts[2 * labels[i] + alarms[i]]++
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = counts
  return { truePositives, falsePositives, trueNegatives, falseNegatives }
}

/** Precision, recall, F1, and the rates of false and missed alarms. */
export function pointMeasures(counts: Confusion): PointMeasures {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts
  return {
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
    falseAlarmRate: fp / (fp + tn),
    missedAlarmRate: fn / (fn + tp),
  }
}
