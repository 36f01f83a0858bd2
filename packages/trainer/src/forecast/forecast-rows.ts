import { TempocodeError } from '@tempocode/core'
import type { Forecaster } from '@tempocode/runtime'
import { checkOptions } from '../fit/options.js'
import { groupsOf, type Segment } from '../segments.js'
import type { Series, Time } from '../series.js'
import { timeStep } from '../time-step.js'
import { secondsAt } from './calendar.js'
import { futureRows } from './future.js'

export interface ForecastRowsOptions {
  /**
   * The known columns in the `horizon` rows after each group's end: rows of the group's name, and where there are times
   * of the times that are forecast. Needed where the forecaster has known columns.
   */
  future?: Series
  signal?: AbortSignal
}

/** What follows a group's end. */
export interface ForecastOfGroup {
  group?: string
  /** The group's own rows, as a series counts them: the forecast follows the last of them. */
  end: number
  /** The times of the rows that are forecast, in the unit of the series; where it has times. */
  times?: Time['values']
  /** Raw, horizon × targets. */
  forecast: Float32Array
  lower?: Float32Array
  upper?: Float32Array
}

/**
 * Forecasts what follows the end of a series, or of each of its groups.
 * @throws TempocodeError `data` where columns or rows are missing, or the end of a group has a gap; the signal's reason
 */
export async function forecastRows(
  forecaster: Forecaster,
  series: Series,
  options: ForecastRowsOptions = {},
): Promise<ForecastOfGroup[]> {
  checkOptions('forecastRows', options, ['future', 'signal'])
  const { signal, future } = options
  const { known, horizon, cycles, groups } = forecaster
  checkColumns(series, forecaster.columns, 'the series')
  if (known.length > 0) {
    if (future === undefined) {
      const message = `the forecaster knows ${known.join(', ')} ahead; give future, their values in the ${horizon} rows to come`
      throw new TempocodeError('data', message)
    }
    checkColumns(future, known, 'the future')
  }
  const step = timeStep(series) ?? forecaster.metadata.timeStep
  const found: ForecastOfGroup[] = []
  for (const segments of groupsOf(series.segments)) {
    const last = segments[segments.length - 1]
    const { end, name: group } = last
    const rows = lastWindow(forecaster, series, last, { future, step })
    const { time } = series
    const { forecast, lower, upper } = await forecaster.forecast(rows, {
      signal,
      ...(cycles.length > 0 && time?.kind === 'timestamp' && { end: secondsAt(time, end - 1) }),
      ...(groups.length > 0 && { group }),
    })
    const times = time && step !== undefined ? timesAfter(time, end - 1, { step, horizon }) : undefined
    found.push({ ...(group !== undefined && { group }), end, times, forecast, lower, upper })
  }
  return found
}

/** The raw rows that a forecaster needs to forecast what follows a segment. */
function lastWindow(
  { window, horizon, columns, known }: Forecaster,
  series: Series,
  { start, end, name }: Segment,
  { future, step }: { future?: Series; step?: number },
): Float32Array {
  const where = name === undefined ? '' : `group "${name}": `
  if (end - start < window) {
    const message = `${where}the last ${end - start} rows have no gap; a forecast needs ${window}`
    throw new TempocodeError('data', message)
  }
  const after =
    future && known.length > 0
      ? futureRows(future, name, horizon, {
          where,
          step,
          ...(series.time && { last: { time: series.time, row: end - 1 } }),
        })
      : []
  const valueAt = (row: number, column: string): number => {
    const { columns: names, values } = row < end || !future ? series : future
    const place = row < end ? row : after[row - end]
    return values[place * names.length + names.indexOf(column)]
  }
  const rows = new Float32Array(window * columns.length)
  for (let i = 0; i < rows.length; i++) {
    const row = end - window + Math.floor(i / columns.length)
    const column = columns[i % columns.length]
    rows[i] = valueAt(known.includes(column) ? row + horizon : row, column)
  }
  return rows
}

function timesAfter(
  time: Time,
  row: number,
  { step, horizon }: { step: number; horizon: number },
): Time['values'] {
  if (time.kind === 'timestamp') {
    return BigInt64Array.from(
      { length: horizon },
      (_, i) => time.values[row] + BigInt(Math.round((i + 1) * step * 1e6)),
    )
  }
  return Float64Array.from({ length: horizon }, (_, i) => time.values[row] + (i + 1) * step)
}

function checkColumns(series: Series, needed: readonly string[], what: string): void {
  const lacking = needed.find((name) => !series.columns.includes(name))
  if (lacking === undefined) return
  const message = `${what} has no column "${lacking}" (it has ${series.columns.join(', ')}); the forecaster needs it`
  throw new TempocodeError('data', message, { column: lacking })
}
