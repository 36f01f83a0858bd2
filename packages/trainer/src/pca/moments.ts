import type { Segment } from '../segments.js'

/** Rows as windows take them: what all functions here read. */
export interface Rows {
  /** rows × columns. */
  values: Float64Array
  columns: number
  segments: readonly Segment[]
  window: number
  stride: number
}

/** The first rows of a segment's first window and of its last; undefined where it is shorter than a window. */
export function firstAndLast(
  { start, end }: Segment,
  { window, stride }: Rows,
): [number, number] | undefined {
  const more = Math.floor((end - start - window) / stride)
  return more < 0 ? undefined : [start, start + more * stride]
}

/**
 * Mean and covariance of windows laid out as vectors of window · columns, over all windows of the segments.
 *
 * No window is ever copied. Two windows that follow each other lie `stride` rows apart, so the sum of products of
 * places i and j differs from that of i − stride and j − stride by the first product and one after the last alone:
 * only the first `stride` rows of sums are added up.
 */
export function windowMoments(rows: Rows): { mean: Float64Array; covariance: Float64Array; count: number } {
  const { values, columns, segments, stride } = rows
  const n = rows.window * columns
  const shift = stride * columns // from a window's place to the same row in the window before
  const runs = segments.flatMap((segment) => {
    const run = firstAndLast(segment, rows)
    return run === undefined ? [] : [run]
  })
  const mean = new Float64Array(n)
  const sums = new Float64Array(n * n)
  let count = 0
  for (const [first, last] of runs) {
    for (let start = first; start <= last; start += stride) {
      count++
      const window = values.subarray(start * columns, start * columns + n)
      for (let i = 0; i < n; i++) mean[i] += window[i]
      for (let i = 0; i < Math.min(n, shift); i++) {
        for (let j = i; j < n; j++) sums[i * n + j] += window[i] * window[j]
      }
    }
  }
  for (let i = shift; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = sums[(i - shift) * n + j - shift]
      for (const [first, last] of runs) {
        const [head, tail] = [first * columns - shift, last * columns]
        sum += values[tail + i] * values[tail + j] - values[head + i] * values[head + j]
      }
      sums[i * n + j] = sum
    }
  }
  for (let i = 0; i < n; i++) mean[i] /= count
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const covariance = sums[i * n + j] / count - mean[i] * mean[j]
      sums[i * n + j] = covariance
      sums[j * n + i] = covariance
    }
  }
  return { mean, covariance: sums, count }
}
