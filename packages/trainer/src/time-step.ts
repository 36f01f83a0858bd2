import type { Series } from './series.js'

/**
 * The usual distance of two rows, which is the median: in seconds where rows have time stamps, else in the time
 * column's own unit. Undefined without times, or where no segment has two rows.
 */
export function timeStep({ time, segments }: Series): number | undefined {
  if (time === undefined) return undefined
  const steps = new Float64Array(segments.reduce((sum, { start, end }) => sum + end - start - 1, 0))
  if (steps.length === 0) return undefined
  let next = 0
  for (const { start, end } of segments) {
    for (let row = start + 1; row < end; row++) {
      steps[next++] =
        time.kind === 'timestamp'
          ? Number(time.values[row] - time.values[row - 1]) / 1e6
          : time.values[row] - time.values[row - 1]
    }
  }
  return steps.sort()[steps.length >> 1]
}
