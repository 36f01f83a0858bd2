import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { errorStatistics } from './error-statistics.js'

/** Errors of windows whose columns depend on each other. */
function someErrors(windows: number, columns: number): Float32Array {
  const random = new Random(3, 'errors')
  return Float32Array.from(
    Array.from({ length: windows }, () => {
      const own = Array.from({ length: columns }, () => Math.abs(random.normal()))
      return own.map((value, c) => (c + 1) * (value + 0.5 * own[0]))
    }).flat(),
  )
}

/** W of Σ⁻¹ = Wᵀ · W as a full matrix. */
function matrixOf(triangle: Float32Array, n: number): number[][] {
  return Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (_, c) => (c <= row ? triangle[(row * (row + 1)) / 2 + c] : 0)),
  )
}

test('mean and deviation are those of each column, and Wᵀ · W inverts the covariance', () => {
  const [windows, n] = [500, 4]
  const errors = someErrors(windows, n)
  const { windows: count, mean, deviation, whitening } = errorStatistics(errors, n)
  const column = (c: number) => Array.from({ length: windows }, (_, w) => errors[w * n + c])
  const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const covariance = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) =>
      average(column(i).map((x, w) => (x - average(column(i))) * (column(j)[w] - average(column(j))))),
    ),
  )
  expect(count).toBe(windows)
  for (let c = 0; c < n; c++) {
    expect(mean[c]).toBeCloseTo(average(column(c)), 5)
    expect(deviation[c]).toBeCloseTo(Math.sqrt(covariance[c][c]), 5)
  }
  const w = matrixOf(whitening, n)
  const at = (i: number, j: number) => w.reduce((sum, row) => sum + row[i] * row[j], 0)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const product = covariance.reduce((sum, row, k) => sum + row[i] * at(k, j), 0)
      expect(product).toBeCloseTo(i === j ? 1 : 0, 4)
    }
  }
})

test('columns whose errors follow from others, or never vary, get a ridge', () => {
  const errors = someErrors(300, 2)
  const four = Float32Array.from(
    Array.from({ length: 300 }, (_, w) => {
      const [a, b] = errors.subarray(2 * w, 2 * w + 2)
      return [a, b, a, 0.25]
    }).flat(),
  )
  const { deviation, whitening } = errorStatistics(four, 4)
  expect(deviation[3]).toBeCloseTo(1e-6 * Math.max(deviation[0], deviation[1]), 12)
  expect([...whitening].every(Number.isFinite)).toBe(true)
  const w = matrixOf(whitening, 4)
  const distanceOf = (x: number[]) =>
    w.reduce((sum, row) => sum + row.reduce((s, value, c) => s + value * x[c], 0) ** 2, 0)
  const [d] = deviation
  expect(distanceOf([d, 0, -d, 0])).toBeGreaterThan(1e3 * distanceOf([d, 0, d, 0])) // they always agreed
})

test('a single window has no deviation, and 1 stands for it', () => {
  expect([...errorStatistics(Float32Array.of(0.5, 2), 2).deviation]).toEqual([1, 1])
})
