import { HORIZON } from './etth1.js'

/** A scaled value: of a target, so many rows (from 0) after the window that ends before an origin. */
export type Forecast = (window: number, step: number, target: number) => number

/** How far forecasts were from what came. */
export interface Errors {
  /** Of each window, the mean over the horizon and the targets of the squared error. */
  squares: Float64Array
  mse: number
  mae: number
}

/**
 * @param values scaled, rows × targets
 * @param origins of each window, the first row that is forecast
 */
export function errorsOf(
  forecast: Forecast,
  values: Float64Array,
  targets: number,
  origins: readonly number[],
): Errors {
  const size = HORIZON * targets
  let distances = 0
  const squares = Float64Array.from(origins, (origin, window) => {
    let sum = 0
    for (let i = 0; i < size; i++) {
      const error = forecast(window, Math.floor(i / targets), i % targets) - values[origin * targets + i]
      sum += error ** 2
      distances += Math.abs(error)
    }
    return sum / size
  })
  return { squares, mse: averageOf(squares), mae: distances / (size * origins.length) }
}

/** The mean of the windows' errors, or of those of some windows. */
export function averageOf(squares: ArrayLike<number>, some?: readonly number[]): number {
  const windows = some ?? Array.from({ length: squares.length }, (_, i) => i)
  return windows.reduce((sum, window) => sum + squares[window], 0) / windows.length
}

const PART = 0.05

/**
 * The extreme days: the twentieth of the windows whose targets move farthest from their last value, by the mean of the
 * distances over the horizon and the targets. It is the definition of the product's own evaluation.
 */
export function extremeWindows(values: Float64Array, targets: number, origins: readonly number[]): number[] {
  const moves = origins.map((origin) => {
    let sum = 0
    for (let i = 0; i < HORIZON * targets; i++)
      sum += Math.abs(values[origin * targets + i] - values[(origin - 1) * targets + (i % targets)])
    return sum
  })
  const order = moves.map((_, i) => i).sort((a, b) => moves[b] - moves[a])
  return order.slice(0, Math.round(PART * moves.length))
}
