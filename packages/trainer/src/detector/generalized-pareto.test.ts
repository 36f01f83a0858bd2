import { Random } from '@tempocode/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitGeneralizedPareto } from './generalized-pareto.js'

/** Seeded draws of a generalised Pareto distribution. */
function draws(shape: number, scale: number, count: number, seed: number): number[] {
  const random = new Random(seed, 'tail')
  return Array.from({ length: count }, () => {
    const exponential = -Math.log1p(-(random.below(2 ** 31) + 0.5) / 2 ** 31)
    return shape === 0 ? scale * exponential : (scale * Math.expm1(shape * exponential)) / shape
  })
}

/** The quantiles (i − 1/2) / n, rounded to three digits. */
const quantiles = (shape: number, scale: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const rarity = -Math.log1p(-(i + 0.5) / count)
    return (
      Math.round((shape === 0 ? scale * rarity : (scale * Math.expm1(shape * rarity)) / shape) * 1000) / 1000
    )
  })

// The references are the minima of scipy's genpareto.nnlf with loc 0 over shape and ln(scale), found from 18 starts
// each by Nelder and Mead's method to 1e-12, of quantiles(shape, 2, 40).
test.each([
  [-0.3, -0.3526459, 2.0915827],
  [0, -0.0447426, 2.0717252],
  [0.3, 0.2605793, 2.0562537],
  [0.8, 0.7643857, 2.0401117],
])('shape %d: what scipy finds', (shape, ...expected) => {
  const fitted = fitGeneralizedPareto(quantiles(shape, 2, 40))
  expect(fitted?.shape).toBeCloseTo(expected[0], 6)
  expect(fitted?.scale).toBeCloseTo(expected[1], 6)
})

describe('from many draws it finds what they were drawn from', () => {
  // The estimates' deviations for n draws are (1 + shape) / √n and scale · √(2 (1 + shape) / n); 4 of them are allowed.
  test.each([0, 0.1, 0.5, 1, -0.1, -0.3])('shape %d', (shape) => {
    const count = 20_000
    for (const [seed, scale] of [1e-4, 1, 300].entries()) {
      const fitted = fitGeneralizedPareto(draws(shape, scale, count, seed))!
      expect(Math.abs(fitted.shape - shape)).toBeLessThan((4 * (1 + shape)) / Math.sqrt(count))
      expect(Math.abs(fitted.scale / scale - 1)).toBeLessThan(4 * Math.sqrt((2 * (1 + shape)) / count))
    }
  })
})

const samples = fc.record({
  shape: fc.integer({ min: -45, max: 150 }).map((n) => n / 100),
  scale: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  count: fc.integer({ min: 10, max: 300 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
})

/** The mean logarithm of the likelihood; −∞ where an excess cannot occur. */
function likelihood(excesses: readonly number[], shape: number, scale: number): number {
  const parts = excesses.map((x) =>
    Math.abs(shape) < 1e-9
      ? -Math.log(scale) - x / scale
      : -Math.log(scale) - (1 + 1 / shape) * Math.log(Math.max(0, 1 + (shape * x) / scale)),
  )
  const sum = parts.reduce((a, b) => a + b, 0)
  return Number.isNaN(sum) ? -Infinity : sum / parts.length
}

test('nothing near by, nor the truth, is likelier', () => {
  fc.assert(
    fc.property(samples, ({ shape, scale, count, seed }) => {
      const excesses = draws(shape, scale, count, seed)
      const fitted = fitGeneralizedPareto(excesses)
      if (!fitted) {
        const most = Math.max(...excesses) // the uniform distribution is likelier than the truth
        expect(-Math.log(most)).toBeGreaterThan(likelihood(excesses, shape, scale))
        return
      }
      const best = likelihood(excesses, fitted.shape, fitted.scale)
      const others = [[shape, scale] as const]
      for (const d of [-0.05, 0, 0.05]) {
        for (const f of [0.95, 1, 1.05]) others.push([fitted.shape + d, fitted.scale * f])
      }
      for (const [g, s] of others.filter(([g]) => g > -1))
        expect(likelihood(excesses, g, s)).toBeLessThanOrEqual(best + 1e-9)
    }),
    { seed: 8, numRuns: 200 },
  )
})

test('another unit is another scale, and the order does not count', () => {
  fc.assert(
    fc.property(samples, ({ shape, count, seed }) => {
      const excesses = draws(shape, 1, count, seed)
      const fitted = fitGeneralizedPareto(excesses)
      const scaled = fitGeneralizedPareto(excesses.map((x) => 1000 * x).reverse())
      expect(fitted === undefined).toBe(scaled === undefined)
      if (!fitted || !scaled) return
      expect(scaled.shape).toBeCloseTo(fitted.shape, 6)
      expect(scaled.scale / fitted.scale / 1000).toBeCloseTo(1, 6)
    }),
    { seed: 9, numRuns: 100 },
  )
})

test('where the mean of the squares is twice the square of the mean, it is an exponential distribution', () => {
  expect(fitGeneralizedPareto([6, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual({
    shape: 0,
    scale: expect.closeTo(1.5, 12),
  })
})

test('what lies evenly up to an end has no likelihood maximum', () => {
  const evenly = Array.from({ length: 50 }, (_, i) => (i + 1) / 50)
  expect(fitGeneralizedPareto(evenly)).toBeUndefined()
  expect(fitGeneralizedPareto(new Array(50).fill(3))).toBeUndefined()
})
