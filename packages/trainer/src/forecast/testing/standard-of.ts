import type { Segment } from '../../segments.js'
import type { Series } from '../../series.js'

/** Mean and population standard deviation of a column's rows, in 64 bits. */
export function standardOf({ values, columns }: Series, column: number, segments: readonly Segment[]) {
  const all = segments.flatMap(({ start, end }) =>
    Array.from({ length: end - start }, (_, i) => values[(start + i) * columns.length + column]),
  )
  const meanOf = (numbers: number[]) => numbers.reduce((a, b) => a + b) / numbers.length
  const mean = meanOf(all)
  return { mean, deviation: Math.sqrt(meanOf(all.map((value) => (value - mean) ** 2))) }
}
