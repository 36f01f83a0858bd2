import type { Segment } from '../segments.js'
import type { Column } from './baselines.js'

/**
 * The mean absolute error of the seasonal-naive forecast within rows: of |y(t) − y(t − season)|, none over a gap. NaN
 * where no segment is longer than a season.
 */
export function naiveError(column: Column, segments: readonly Segment[], season: number): number {
  let sum = 0
  let count = 0
  for (const { start, end } of segments) {
    for (let row = start + season; row < end; row++) {
      sum += Math.abs(column(row) - column(row - season))
      count++
    }
  }
  return sum / count
}
