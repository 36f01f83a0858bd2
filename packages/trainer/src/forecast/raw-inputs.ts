import type { Series } from '../series.js'
import { type ForecastColumns, inputsOf } from './columns.js'

/**
 * The raw rows that a forecaster takes: the same rows of the series, with its columns in the forecaster's order. Known
 * columns enter `horizon` rows early: at a row stands the value of `horizon` rows later, so that a window's last rows
 * carry what is known of the rows to forecast. In a segment's last `horizon` rows, which end no window whose targets
 * are measured, they repeat the segment's last value.
 */
export function rawInputs(series: Series, columns: ForecastColumns, horizon: number): Series {
  const names = inputsOf(columns)
  const early = names.length - columns.known.length
  const from = names.map((name) => series.columns.indexOf(name))
  const width = series.columns.length
  const values = new Float32Array(series.rows * names.length)
  for (const { start, end } of series.segments) {
    for (let row = start; row < end; row++) {
      const later = Math.min(row + horizon, end - 1)
      for (let i = 0; i < names.length; i++) {
        values[row * names.length + i] = series.values[(i < early ? row : later) * width + from[i]]
      }
    }
  }
  return { ...series, columns: names, values }
}
