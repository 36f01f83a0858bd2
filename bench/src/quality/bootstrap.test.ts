import { Random } from '@tempocode/core'
import { rocAuc } from '@tempocode/trainer'
import { expect, test } from 'vitest'
import { areaDifference } from './bootstrap.js'

const random = new Random(1)
const labels = Uint8Array.from({ length: 300 }, () => random.below(2))
const scores = (strength: number) => Float64Array.from(labels, (label) => strength * label + random.normal())
const [strong, strong2, weak] = [scores(3), scores(3), scores(0.5)]

test('the difference is that of the areas, and its interval holds it', () => {
  const { value, low, high } = areaDifference([strong, strong2], weak, labels)
  const area = (of: Float64Array) => rocAuc(of, labels)
  expect(value).toBeCloseTo((area(strong) + area(strong2)) / 2 - area(weak), 12)
  expect(low).toBeGreaterThan(0)
  expect(low).toBeLessThan(value)
  expect(high).toBeGreaterThan(value)
})

test('scores do not differ from themselves, and two of a kind hardly', () => {
  expect(areaDifference([weak], weak, labels)).toEqual({ value: 0, low: 0, high: 0 })
  const { low, high } = areaDifference([strong], strong2, labels)
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
})
