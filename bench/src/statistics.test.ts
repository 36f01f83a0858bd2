import { expect, test } from 'vitest'
import { deviation, mean, median, quantile, ratio } from './statistics.js'

test('the median is the middle value, whatever the order', () => {
  expect(median([3])).toBe(3)
  expect(median([10, 1, 2])).toBe(2)
  expect(median([4, 1, 100, 2])).toBe(3)
  expect(() => median([])).toThrow(RangeError)
})

test('the median leaves the values where they are', () => {
  const values = [3, 1, 2]
  median(values)
  expect(values).toEqual([3, 1, 2])
})

test('a ratio says how many times as long the other takes, and needs both', () => {
  expect(ratio(6, 2)).toBe(3)
  expect(ratio(undefined, 2)).toBeUndefined()
  expect(ratio(6, undefined)).toBeUndefined()
})

test('mean and the deviation of a sample', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(deviation([1, 2, 6])).toBeCloseTo(Math.sqrt((4 + 1 + 9) / 2), 12)
  expect(deviation([5])).toBe(0)
})

test('a quantile lies between the two nearest values, whatever their order', () => {
  expect(quantile(Float64Array.of(30, 10, 20), 0.5)).toBe(20)
  expect(quantile(Float64Array.of(30, 10, 20), 0.75)).toBe(25)
  expect(quantile(Float64Array.of(30, 10, 20), 1)).toBe(30)
})
