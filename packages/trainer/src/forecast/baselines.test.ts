import { expect, test } from 'vitest'
import { persistence, seasonalNaive } from './baselines.js'
import { naiveError } from './naive-error.js'

const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
const column = (row: number) => values[row]

test('persistence repeats the last value', () => {
  expect(persistence(column, 4)).toBe(1)
})

test('the seasonal-naive forecast takes the last season that is over, and repeats it', () => {
  const forecast = Array.from({ length: 7 }, (_, step) => seasonalNaive(column, 6, step, 3))
  expect(forecast).toEqual([1, 5, 9, 1, 5, 9, 1])
})

test('its error within rows is a mean of differences, none over a gap', () => {
  const segments = [
    { start: 0, end: 4 },
    { start: 4, end: 6 },
    { start: 6, end: 10 },
  ]
  expect(naiveError(column, segments, 1)).toBe((2 + 3 + 3 + 4 + 4 + 1 + 2) / 7)
  expect(naiveError(column, segments, 3)).toBe((2 + 1) / 2)
  expect(naiveError(column, segments, 4)).toBeNaN()
})
