import { expect, test } from 'vitest'
import { TempocodeError } from './errors.js'
import { ln } from './ln.js'
import { Random } from './random.js'

const draw = <T>(n: number, next: () => T) => Array.from({ length: n }, next)
const mean = (xs: number[]) => xs.reduce((a, x) => a + x, 0) / xs.length

test('a seed and a label fix the numbers for ever', () => {
  const random = new Random(42, 'weights')
  expect(draw(4, () => random.uint32())).toEqual([832745752, 2443357342, 145163636, 2327421254])
})

test('seeds and labels give streams of their own', () => {
  const first = (seed: number, label: string) => new Random(seed, label).uint32()
  const firsts = [first(0, 'a'), first(1, 'a'), first(0, 'b'), first(2 ** 40, 'a'), first(-1, 'a')]
  expect(new Set(firsts).size).toBe(firsts.length)
})

test('uniform has the mean and variance of [0, 1)', () => {
  const random = new Random(1)
  const xs = draw(100_000, () => random.uniform())
  expect(Math.min(...xs.slice(0, 1000))).toBeGreaterThanOrEqual(0)
  expect(mean(xs)).toBeCloseTo(1 / 2, 2)
  expect(mean(xs.map((x) => (x - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
})

test('normal has the moments and the tails of the normal distribution', () => {
  const random = new Random(2)
  const xs = draw(200_000, () => random.normal())
  expect(mean(xs)).toBeCloseTo(0, 1)
  expect(mean(xs.map((x) => x ** 2))).toBeCloseTo(1, 1)
  expect(mean(xs.map((x) => x ** 4))).toBeCloseTo(3, 0)
  expect(mean(xs.map((x) => Number(Math.abs(x) > 1.959964)))).toBeCloseTo(0.05, 2)
})

test('below is fair and shuffle keeps every item', () => {
  const random = new Random(3)
  const counts = [0, 0, 0]
  for (let i = 0; i < 30_000; i++) counts[random.below(3)]++
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(300)
  const shuffled = random.shuffle(Int32Array.from({ length: 1000 }, (_, i) => i))
  expect(shuffled[0] === 0 && shuffled[1] === 1).toBe(false)
  expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
})

test('ln equals the engine’s logarithm', () => {
  const random = new Random(4)
  for (let i = 0; i < 10_000; i++) {
    const x = random.uniform() * 10 ** (random.below(40) - 20) + 1e-30
    expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(x))))
  }
})

test('a seed that is no whole number is refused', () => {
  expect(() => new Random(0.5)).toThrow(TempocodeError)
})
