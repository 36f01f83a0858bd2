import { expect, test } from 'vitest'
import { persistence, seasonalNaive } from './baselines.js'
import { averageOf, errorsOf, extremeWindows } from './errors.js'
import { HORIZON } from './etth1.js'

const ROWS = 200
const origins = Array.from({ length: 40 }, (_, i) => 100 + i)

test('errors are the mean over the horizon and the targets, window by window', () => {
  const values = Float64Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 === 0 ? Math.floor(i / 2) : 0))
  const { squares, mse, mae } = errorsOf(persistence(values, 2, origins), values, 2, origins)
  const steps = Array.from({ length: HORIZON }, (_, step) => step + 1) // the first target grows by 1 each row
  const expected = steps.reduce((sum, step) => sum + step ** 2, 0) / (2 * HORIZON)
  expect(squares).toHaveLength(origins.length)
  expect(squares[0]).toBeCloseTo(expected, 12)
  expect(mse).toBeCloseTo(expected, 12)
  expect(mae).toBeCloseTo(steps.reduce((sum, step) => sum + step, 0) / (2 * HORIZON), 12)
})

test('a season that comes again is forecast exactly', () => {
  const values = Float64Array.from({ length: ROWS }, (_, i) => (i % 24) ** 2)
  expect(errorsOf(seasonalNaive(values, 1, origins, 24), values, 1, origins).mse).toBe(0)
  expect(errorsOf(persistence(values, 1, origins), values, 1, origins).mse).toBeGreaterThan(0)
})

test('the mean of some windows is theirs alone', () => {
  expect(averageOf([1, 2, 6])).toBe(3)
  expect(averageOf([1, 2, 6], [0, 2])).toBe(3.5)
})

test('extreme windows are the twentieth that moves farthest', () => {
  const values = new Float64Array(ROWS)
  values.fill(5, 130, 131) // the last value before row 131, and no later one
  values.fill(9, 150) // a step that stays: in 13 hours of the window that starts at row 139, in fewer of others
  expect(extremeWindows(values, 1, origins)).toEqual([39, 31])
})
