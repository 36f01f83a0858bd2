import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { errorDifference } from './block-bootstrap.js'

const WINDOWS = 1000

/** Squared errors of two seeds, which go up and down week by week. */
function errors(seed: number, level: number): Float64Array[] {
  const random = new Random(seed)
  return [0, 1].map(() =>
    Float64Array.from({ length: WINDOWS }, (_, i) => level + Math.sin(i / 50) + 0.1 * random.normal()),
  )
}

const middle = (all: Float64Array[]) => all.flatMap((own) => [...own]).reduce((a, b) => a + b) / (2 * WINDOWS)

test('the difference is that of the means, and its interval holds it', () => {
  const [ours, theirs] = [errors(1, 1.9), errors(2, 2)]
  const { value, low, high, percent } = errorDifference({ ours, theirs })
  expect(value).toBeCloseTo(middle(ours) - middle(theirs), 12)
  expect(percent).toBeCloseTo((100 * value) / middle(theirs), 12)
  expect(low).toBeLessThan(value)
  expect(value).toBeLessThan(high)
  expect(high).toBeLessThan(-0.08) // what both share, week by week, does not widen it
})

test('errors do not differ from themselves, and two of a kind hardly', () => {
  const ours = errors(1, 2)
  expect(errorDifference({ ours, theirs: ours })).toEqual({ value: 0, low: 0, high: 0, percent: 0 })
  const { low, high } = errorDifference({ ours, theirs: errors(2, 2) })
  expect(low).toBeLessThan(0)
  expect(high).toBeGreaterThan(0)
})

test('a difference that lasts for days is less sure than one of as many single windows', () => {
  const theirs = errors(2, 2)
  const changed = (change: (i: number) => number) =>
    theirs.map((own) => own.map((value, i) => value + change(i)))
  const widthOf = (ours: Float64Array[]) => {
    const { low, high } = errorDifference({ ours, theirs })
    return high - low
  }
  const lasting = widthOf(changed((i) => (Math.floor(i / 100) % 2 === 0 ? 1 : -1)))
  expect(lasting).toBeGreaterThan(5 * widthOf(changed((i) => (i % 2 === 0 ? 1 : -1))))
})

test('seeds that differ widen the interval', () => {
  const theirs = errors(2, 2)
  const ours = theirs.map((own, seed) => own.map((value) => value + (seed === 0 ? 1 : -1)))
  const { value, low, high } = errorDifference({ ours, theirs })
  expect([value, low, high].map((number) => Number(number.toFixed(6)))).toEqual([0, -1, 1])
})

test('only the windows that are named count', () => {
  const theirs = errors(2, 2)
  const some = [3, 400, 401, 900]
  const ours = theirs.map((own) => own.map((value, i) => (some.includes(i) ? value - 1 : 0)))
  const { value } = errorDifference({ ours, theirs }, some)
  expect(value).toBeCloseTo(-1, 12)
})
