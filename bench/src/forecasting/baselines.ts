import type { Forecast } from './errors.js'

/** The last value, repeated. */
export const persistence =
  (values: Float64Array, targets: number, origins: readonly number[]): Forecast =>
  (window, _, target) =>
    values[(origins[window] - 1) * targets + target]

/** The day before, repeated: the season is as long as the horizon. */
export const seasonalNaive =
  (values: Float64Array, targets: number, origins: readonly number[], season: number): Forecast =>
  (window, step, target) =>
    values[(origins[window] + (step % season) - season) * targets + target]
