import type { Origins } from './origins.js'
import type { TargetValues } from './trial.js'

const PART = 0.05

/** The windows whose targets move farthest. */
export interface Extremes {
  /** 1 for each window that is one, else 0. */
  flags: Uint8Array
  windows: number
  /** How far the least of them moves. */
  least: number
}

/**
 * The twentieth of all windows, at least one, that moves farthest; of equal ones the first.
 * @param moves of each window
 */
export function extremesOf(moves: Float64Array): Extremes {
  const windows = Math.max(1, Math.round(PART * moves.length))
  const order = Array.from(moves, (_, i) => i).sort((a, b) => moves[b] - moves[a])
  const flags = new Uint8Array(moves.length)
  for (const i of order.slice(0, windows)) flags[i] = 1
  return { flags, windows, least: moves[order[windows - 1]] }
}

/** How far each window moves: the mean distance of its targets from their last value before it, scaled. */
export function movesOf({ rows, groups }: Origins, horizon: number, values: TargetValues): Float64Array {
  const { columns } = values
  return Float64Array.from(rows, (row, window) => {
    let sum = 0
    columns.forEach((column, target) => {
      const last = column(row - 1)
      const scale = values.scale(groups[window], target)
      for (let step = 0; step < horizon; step++) sum += Math.abs(column(row + step) - last) / scale
    })
    return sum / (horizon * columns.length)
  })
}
