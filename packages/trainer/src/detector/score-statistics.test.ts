import { quantileOf, rateOf, type ThresholdRule, thresholdOf } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { scoreStatistics } from './score-statistics.js'

/** 1000 scores with a heavy tail, spread by the golden ratio: (1 − x)^−0.2, x = the fractions of i · 0.618… */
const scores = Float32Array.from(
  { length: 1000 },
  (_, i) => (1 - (((i + 1) * 0.6180339887498949) % 1)) ** -0.2,
)
const statistics = scoreStatistics(scores)

// What numpy makes of the same scores by mean(), std() and quantile(); the tail by the largest likelihood of scipy's
// genpareto over the 20 excesses above quantile(0.98), from 18 starts by Nelder and Mead's method, and by hand
// z = t + σ/γ ((q n / 20)^−γ − 1).
test('moments and tail are those of numpy and scipy', () => {
  expect(statistics.count).toBe(1000)
  expect(statistics.mean).toBeCloseTo(1.2500304485559464, 8)
  expect(statistics.deviation).toBeCloseTo(0.31894010971744546, 8)
  expect(statistics.tail).toMatchObject({
    start: expect.closeTo(2.1753463935852047, 6),
    share: 0.02,
    shape: expect.closeTo(0.10678231284565741, 5),
    scale: expect.closeTo(0.5021655296131489, 5),
  })
})

test.each<[ThresholdRule, number, number]>([
  ['pot', 3.948161916592394, 5],
  ['pot:0.001', 3.948161916592394, 5],
  ['pot:0.0001', 5.753149208645114, 5],
  ['rate:0.001', 3.948161916592394, 5],
  ['sigma:3', 2.206850777708283, 6],
  ['quantile:0.99', 2.4879509973525997, 6], // one of the top 128, which are stored as they are
  ['quantile:0.999', 3.8481994216441917, 6],
  ['quantile:0.9', 1.583143985271454, 6],
  ['quantile:0.5', 1.1485944986343384, 2], // between two that are stored
  [1.5, 1.5, 15],
])('threshold %s', (rule, expected, digits) => {
  const { value, warning } = thresholdOf(statistics, rule)
  expect(value).toBeCloseTo(expected, digits)
  expect(warning).toBeUndefined()
})

test('what exceeds a quantile that is interpolated differs by the ranks between two that are stored', () => {
  for (const part of [0.1, 0.33, 0.5, 0.77]) {
    const above = scores.filter((score) => score > quantileOf(statistics, part)).length / 1000
    expect(Math.abs(above - (1 - part))).toBeLessThan(0.003)
  }
})

test('few scores have no tail; the quantile serves, and says so', () => {
  const few = scoreStatistics(scores.subarray(0, 400))
  expect(few.tail).toEqual({ missing: '8 of 400 scores exceed the 0.98 quantile; it takes 10' })
  const { value, warning } = thresholdOf(few, 'pot')
  expect(value).toBe(quantileOf(few, 0.999))
  expect(warning).toMatch(
    /^threshold pot: no tail was fitted: 8 of 400 .*; the quantile 0.999 of 400 scores serves$/,
  )
  expect(thresholdOf(few, 'rate:0.1')).toEqual({ value: quantileOf(few, 0.9) }) // no tail needed
})

test('scores that end where they are densest have no tail', () => {
  const even = scoreStatistics(Float32Array.from({ length: 1000 }, (_, i) => i))
  expect(even.tail).toEqual({ missing: 'the likelihood of the 20 largest scores has no maximum' })
  const flat = scoreStatistics(new Float32Array(1000).fill(2))
  expect(flat).toMatchObject({ mean: 2, deviation: 0 })
  expect(thresholdOf(flat, 'pot').value).toBe(2)
})

test('rates and thresholds are each other’s inverse', () => {
  for (const rate of [1e-6, 1e-4, 1e-3, 0.01, 0.019, 0.05, 0.3, 0.9]) {
    expect(rateOf(statistics, thresholdOf(statistics, `rate:${rate}`).value) / rate).toBeCloseTo(1, 6)
  }
})
