import { groupsOf } from '../segments.js'
import type { Series } from '../series.js'
import { timeStep } from '../time-step.js'
import { futureRows } from './future.js'

/**
 * Finds out before a long training whether `forecastRows` could take this future.
 * @param future the known columns in the `horizon` rows after each group's end
 * @throws TempocodeError `data` where a group has too few rows, or their times are not those to be forecast
 */
export function checkFuture(series: Series, future: Series, horizon: number): void {
  const { time, segments } = series
  const step = timeStep(series)
  for (const parts of groupsOf(segments)) {
    const { end, name } = parts[parts.length - 1]
    const where = name === undefined ? '' : `group "${name}": `
    futureRows(future, name, horizon, { where, step, ...(time && { last: { time, row: end - 1 } }) })
  }
}
