import type { Forecaster } from '@tempocode/runtime'
import type { Series } from '../series.js'
import { layOut } from '../windows.js'
import { secondsAt } from './calendar.js'
import type { Origins } from './origins.js'

const CHUNK = 512 // windows that are laid out at once

/** The forecasts from some origins, raw, each horizon × targets. */
export interface Rolled {
  /** The place of the first of these origins among all. */
  first: number
  count: number
  forecast: Float32Array
  lower?: Float32Array
  upper?: Float32Array
}

/**
 * Forecasts from each origin, piece by piece.
 * @param inputs raw rows in the forecaster's order of columns, known ones early
 */
export async function* roll(
  forecaster: Forecaster,
  inputs: Series,
  origins: Origins,
): AsyncGenerator<Rolled> {
  const { window, columns, cycles, groups } = forecaster
  const { time } = inputs
  for (let first = 0; first < origins.rows.length; first += CHUNK) {
    const rows = origins.rows.subarray(first, first + CHUNK)
    const windows = layOut(inputs.values, { starts: rows.map((row) => row - window) }, window, columns.length)
    const { forecast, lower, upper } = await forecaster.forecast(windows, {
      ...(cycles.length > 0 &&
        time?.kind === 'timestamp' && { end: Array.from(rows, (row) => secondsAt(time, row - 1)) }),
      ...(groups.length > 0 && {
        group: Array.from(origins.groups.subarray(first, first + CHUNK), (place) => groups[place]),
      }),
    })
    yield { first, count: rows.length, forecast, lower, upper }
  }
}
