import { firstAlarm } from './event-measures.js'
import type { RowRun } from './runs.js'

/** Of some numbers; NaN where there are none. */
export interface Summary {
  count: number
  median: number
  mean: number
}

export function summaryOf(values: readonly number[]): Summary {
  const sorted = Float64Array.from(values).sort()
  const count = sorted.length
  const median = (sorted[(count - 1) >> 1] + sorted[count >> 1]) / 2
  return { count, median, mean: sorted.reduce((a, b) => a + b, 0) / count }
}

/**
 * How long after its start each event that was found was found: the distance to its first row in alarm. 0 where the
 * alarm was there already.
 * @param times of each row, in any unit. Default: the rows' numbers
 * @returns in the unit of `times`, one for each event with an alarm in it. Events that were missed have none: read it
 *   beside how many were found
 */
export function detectionDelays(
  alarms: ArrayLike<number>,
  events: readonly RowRun[],
  times?: ArrayLike<number>,
): number[] {
  return events.flatMap((event) => {
    const row = firstAlarm(alarms, event)
    if (row === undefined) return []
    return [times === undefined ? row - event.start : times[row] - times[event.start]]
  })
}

/**
 * How long before each failure that was foreseen it was foreseen: the distance from the first row in alarm among those
 * from `horizon` before it to just before it.
 *
 * The horizon is how early an alarm may be meant for a failure: without one, the first alarm ever would foresee all.
 * @param times of each row, rising, in any unit
 * @param failures when they happened, in the same unit
 * @param horizon above 0, in the same unit
 * @returns one for each failure with an alarm in its horizon
 */
export function leadTimes(
  alarms: ArrayLike<number>,
  times: ArrayLike<number>,
  failures: readonly number[],
  horizon: number,
): number[] {
  return failures.flatMap((failure) => {
    for (let row = 0; row < alarms.length && times[row] < failure; row++) {
      if (alarms[row] && times[row] >= failure - horizon) return [failure - times[row]]
    }
    return []
  })
}
