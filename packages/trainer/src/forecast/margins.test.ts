import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { areTooFew, conformalMargin } from './margins.js'

test('the margin is the smallest distance that enough values keep', () => {
  const outside = Float64Array.of(0.5, -1, 2, 0.1, -0.3, 3, 1, 0, 4) // 9 values
  expect(conformalMargin(outside.slice(), 0.5)).toBe(0.5) // the 5th
  expect(conformalMargin(outside.slice(), 0.9)).toBe(4) // the 9th, not the 10th
  expect(conformalMargin(outside.slice(), 0.1)).toBe(-1) // the 1st: intervals may become narrower
})

test('too few values give the largest distance', () => {
  expect([8, 9].map((n) => areTooFew(n, 0.9))).toEqual([true, false])
  expect(conformalMargin(Float64Array.of(2, 5, 3), 0.9)).toBe(5)
})

test('values to come of the same kind keep it as often as they should', () => {
  const random = new Random(0, 'margins')
  const distances = () => Float64Array.from({ length: 50 }, () => random.normal())
  let kept = 0
  for (let i = 0; i < 400; i++) {
    const margin = conformalMargin(distances(), 0.8)
    kept += distances().filter((distance) => distance <= margin).length / 50
  }
  expect(kept / 400).toBeGreaterThan(0.8) // 41 / 51 is expected
  expect(kept / 400).toBeLessThan(0.815)
})
