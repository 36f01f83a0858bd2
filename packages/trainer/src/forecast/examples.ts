import type { Origins } from './origins.js'

const GROUPS = 8
const WINDOWS = 4

/**
 * Which windows are shown: of each of the first eight groups the last four, or fewer, whose horizons do not overlap, in
 * the order of time.
 * @returns their places among the origins
 */
export function exampleWindows({ rows, groups }: Origins, horizon: number): Set<number> {
  const chosen: number[] = []
  for (const group of [...new Set(groups)].slice(0, GROUPS)) {
    let next = Number.POSITIVE_INFINITY
    let left = WINDOWS
    for (let i = groups.lastIndexOf(group); left > 0 && groups[i] === group; i--) {
      if (rows[i] > next) continue
      chosen.push(i)
      next = rows[i] - horizon
      left--
    }
  }
  return new Set(chosen.sort((a, b) => a - b))
}
