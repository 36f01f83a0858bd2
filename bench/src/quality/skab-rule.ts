import { quantile } from '../statistics.js'

/** How many windows that overlap must all exceed the limit. */
const IN_A_ROW = 9

/**
 * The rule of SKAB's leaderboard: the limit is 1.5 × the 0.99 quantile of the training windows' residuals, and row i is
 * anomalous where the windows that start at i − 9 … i − 1 all exceed it. So it knows the 8 rows after row i of windows of 10.
 * @param training residuals of the training windows
 * @param residuals of all windows of the other rows, one for each start
 * @param rows how many those are
 * @returns of each of them 1 where it is anomalous, else 0; so where it has no nine windows
 */
export function leaderboardAlarms(training: Float64Array, residuals: Float64Array, rows: number): Uint8Array {
  const limit = 1.5 * quantile(training, 0.99)
  const alarms = new Uint8Array(rows)
  let run = 0
  residuals.forEach((residual, start) => {
    run = residual > limit ? run + 1 : 0
    if (run >= IN_A_ROW) alarms[start + 1] = 1
  })
  return alarms
}
