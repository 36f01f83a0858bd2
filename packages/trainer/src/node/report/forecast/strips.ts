import type { ForecastExample } from '../../../forecast/evaluation.js'
import type { ForecastOfGroup } from '../../../forecast/forecast-rows.js'
import { groupsOf } from '../../../segments.js'
import type { Series, Time } from '../../../series.js'
import type { Timeline } from '../timeline.js'

/** The last rows of a group as they were measured, and forecasts: those of test windows, and the one that is to come. */
export interface Strip {
  group?: string
  kind: Timeline['kind']
  /** The name of the axis. */
  axis: string
  /** Of the rows: places from left to right, and values, rows × targets. */
  at: readonly number[]
  measured: Float32Array
  forecasts: readonly StripForecast[]
  /** The place of the last row that was measured. */
  end: number
}

/** A forecast's places, and values, horizon × targets. */
export interface StripForecast extends Pick<ForecastOfGroup, 'forecast' | 'lower' | 'upper'> {
  at: readonly number[]
  /** Whether it is of rows that nobody has measured yet. */
  ahead: boolean
}

const GROUPS = 4
const CONTEXT = 24 // rows before the first forecast, at least
const WINDOWS = 8 // rows of so many horizons are shown at most

/** Of the first four groups that have a forecast to show. */
export function stripsOf(
  series: Series,
  targets: readonly string[],
  horizon: number,
  { examples, ahead }: { examples: readonly ForecastExample[]; ahead: readonly ForecastOfGroup[] },
): Strip[] {
  const { time, values, columns } = series
  const at = placesOf(time)
  const places = targets.map((target) => columns.indexOf(target))
  return groupsOf(series.segments)
    .map((parts): Strip => {
      const { name } = parts[0]
      const [first, end] = [parts[0].start, parts.at(-1)!.end]
      const tested = examples.filter(
        ({ group, start }) => group === name && start >= end - WINDOWS * horizon && start >= first,
      )
      const coming = ahead.filter(({ group }) => group === name)
      const from = Math.max(
        first,
        Math.min(end, ...tested.map(({ start }) => start)) - Math.max(horizon, CONTEXT),
      )
      const rows = Array.from({ length: end - from }, (_, i) => from + i)
      return {
        group: name,
        kind: time?.kind ?? 'row',
        axis: time?.name ?? 'row',
        at: rows.map(at),
        measured: Float32Array.from(
          rows.flatMap((row) => places.map((column) => values[row * columns.length + column])),
        ),
        forecasts: [
          ...tested.map(({ start, forecast, lower, upper }) => ({
            at: Array.from({ length: horizon }, (_, step) => at(start + step)),
            forecast,
            lower,
            upper,
            ahead: false,
          })),
          ...coming.map(({ times, forecast, lower, upper }) => ({
            at: Array.from({ length: horizon }, (_, step) => (times ? placeOf(times[step]) : at(end + step))),
            forecast,
            lower,
            upper,
            ahead: true,
          })),
        ],
        end: at(end - 1),
      }
    })
    .filter(({ forecasts }) => forecasts.length > 0)
    .slice(0, GROUPS)
}

/** Where a row lies: milliseconds since 1970, the time column's number, or the row's number, from 1. */
function placesOf(time: Time | undefined): (row: number) => number {
  return time ? (row) => placeOf(time.values[row]) : (row) => row + 1
}

const placeOf = (time: bigint | number) => (typeof time === 'bigint' ? Number(time) / 1000 : time)
