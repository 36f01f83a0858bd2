import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partBelow, quantileOf, type ScoreStatistics, storedRanks, type Tail } from './score-statistics.js'
import { rateOf, thresholdOf } from './threshold.js'
import { parseRule, ruleOf, type ThresholdRule } from './threshold-rule.js'

/** Statistics of the scores 1, 2, …, count. */
const counting = (count: number, tail: ScoreStatistics['tail']): ScoreStatistics => ({
  count,
  mean: (count + 1) / 2,
  deviation: Math.sqrt((count ** 2 - 1) / 12),
  order: Float32Array.from(storedRanks(count), (rank) => rank + 1),
  tail,
})
const tail: Tail = { start: 981, share: 0.019, shape: 0.2, scale: 10 }
const missing = { missing: 'too few' }

test('all ranks of 512 scores are stored, and of more the top 128 and others from the lowest on', () => {
  expect([...storedRanks(3)]).toEqual([0, 1, 2])
  expect(storedRanks(512)).toHaveLength(512)
  for (const count of [513, 700, 5000, 1e6]) {
    const ranks = storedRanks(count)
    expect(ranks).toHaveLength(512)
    expect(ranks[0]).toBe(0)
    expect([...ranks.subarray(384)]).toEqual(Array.from({ length: 128 }, (_, i) => count - 128 + i))
    expect(ranks.every((rank, i) => i === 0 || rank > ranks[i - 1])).toBe(true)
  }
})

test('quantiles of even scores are even, and their inverse finds the part again', () => {
  for (const count of [2, 100, 1000]) {
    const scores = counting(count, missing)
    for (const part of [0, 0.123, 0.5, 0.98, 0.9999, 1]) {
      const score = quantileOf(scores, part)
      expect(score).toBeCloseTo(1 + part * (count - 1), 3)
      expect(partBelow(scores, score)).toBeCloseTo(part, 6)
    }
  }
  expect(partBelow(counting(9, missing), 0.5)).toBe(0)
  expect(partBelow(counting(9, missing), 10)).toBe(1)
})

test('a heavy, an exponential and a bounded tail', () => {
  const at = (shape: number) => thresholdOf(counting(1000, { ...tail, shape }), 'pot:0.0001').value
  expect(at(0.2)).toBeCloseTo(981 + (10 / 0.2) * (190 ** 0.2 - 1), 9)
  expect(at(0)).toBeCloseTo(981 + 10 * Math.log(190), 9)
  expect(at(-0.5)).toBeCloseTo(981 + (10 / -0.5) * (190 ** -0.5 - 1), 9)
  expect(at(1e-9)).toBeCloseTo(at(0), 4)
  expect(rateOf(counting(1000, { ...tail, shape: -0.5 }), 981 + 20.001)).toBe(0) // it ends at 981 + 10 / 0.5
})

const rates = fc.double({ min: 1e-9, max: 0.999, noNaN: true })
const tails = fc.record({
  start: fc.constant(981),
  share: fc.double({ min: 0.005, max: 0.02, noNaN: true }),
  shape: fc.double({ min: -0.5, max: 1, noNaN: true }),
  scale: fc.double({ min: 0.1, max: 100, noNaN: true }),
})

test('a lower rate is a higher threshold, and the rate of a threshold is the one asked for', () => {
  fc.assert(
    fc.property(tails, rates, rates, (fitted, one, other) => {
      const scores = counting(1000, fitted)
      const value = (rate: number) => thresholdOf(scores, `rate:${rate}`).value
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      expect(value(low)).toBeGreaterThanOrEqual(value(high))
      expect(rateOf(scores, value(low))).toBeLessThanOrEqual(rateOf(scores, value(high)))
      const isBetween = one >= fitted.share && one <= 0.021 // where the quantile and the tail meet
      if (!isBetween) expect(rateOf(scores, value(one)) / one).toBeCloseTo(1, 4)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('without a tail the quantile serves: with a warning where the tail would have', () => {
  const scores = counting(101, missing)
  expect(thresholdOf(scores, 'rate:0.05')).toEqual({ value: 96 })
  const { value, warning } = thresholdOf(scores, 'pot')
  expect(value).toBeCloseTo(100.9, 4)
  expect(warning).toBe('threshold pot: no tail was fitted: too few; the quantile 0.999 of 101 scores serves')
  expect(rateOf(scores, 200)).toBe(1 / 102)
})

test('rules as text', () => {
  expect(ruleOf('12.5')).toBe(12.5)
  expect(ruleOf('-1e-3')).toBe(-0.001)
  expect(ruleOf('sigma:3')).toBe('sigma:3')
  expect(parseRule('pot')).toEqual({ kind: 'pot', value: 0.001 })
})

test.each([
  'pot:0',
  'pot:0.02',
  'pot:',
  'pot:x',
  'pot:0.1:2',
  'quantile:1.1',
  'quantile',
  'rate:0',
  'rate:1',
  'sigma:',
  'sigma:inf',
  'sigma: 3',
  'median',
  '',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  {},
])('%j is no rule', (rule) => {
  expect(() => thresholdOf(counting(10, missing), rule as ThresholdRule)).toThrow(
    expect.objectContaining({
      code: 'option',
      message: expect.stringMatching(
        /^threshold .* is not allowed; use margin, margin:1.5 .*, quantile:0.99 .* or a number$/,
      ),
    }),
  )
})

test('a rule needs scores, a number does not', () => {
  expect(thresholdOf(undefined, 3)).toEqual({ value: 3 })
  expect(() => thresholdOf(undefined, 'sigma:3')).toThrow(
    'threshold "sigma:3" needs scores of normal windows, and the file holds none; use a number',
  )
})
