import { Random } from '@tempocode/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ScoreHistory } from './score-history.js'

/** By the definition: Fisher's combination of both p-values, each counted among all rows before. */
function combined(rows: readonly number[], windows: readonly number[]): number[] {
  const rarity = (all: readonly number[], t: number) =>
    (1 + all.slice(0, t).filter((other) => other >= all[t]).length) / (1 + t)
  return rows.map((_, t) => {
    const y = -Math.log(rarity(rows, t)) - Math.log(rarity(windows, t))
    return -Math.log10((1 + y) * Math.exp(-y)) + 0 // not −0
  })
}

const floats = fc.array(fc.tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true })), { maxLength: 100 })

test('scores are those of the definition, whatever comes later', () => {
  const property = fc.property(floats, (pairs) => {
    const history = new ScoreHistory()
    const scores = pairs.map((parts) => history.push(parts))
    const due = combined(
      pairs.map(([row]) => row),
      pairs.map(([, window]) => window),
    )
    expect(scores).toEqual(due.map((score) => expect.closeTo(score, 5)))
  })
  fc.assert(property, { seed: 8, numRuns: 200 })
})

test('independent numbers: as many rows are above 3, 2 and 1 as that says', () => {
  const random = new Random(3, 'test')
  const history = new ScoreHistory()
  const rows = 200_000
  const scores = Float32Array.from({ length: rows }, () => history.push([random.uniform(), random.uniform()]))
  for (const score of [1, 2, 3]) {
    const p = 10 ** -score
    const rate = scores.filter((given) => given > score).length / rows
    expect(Math.abs(rate - p)).toBeLessThan(4 * Math.sqrt(p / rows))
  }
})

test('the same number twice: one row in 100 is above 3', () => {
  const random = new Random(4, 'test')
  const history = new ScoreHistory()
  const scores = Array.from({ length: 50_000 }, () => random.uniform()).map((x) => history.push([x, x]))
  const rate = scores.filter((score) => score > 3).length / 50_000
  expect(Math.abs(rate - 0.01)).toBeLessThan(4 * Math.sqrt(0.01 / 50_000))
})

test('NaN is no score, and no past', () => {
  const random = new Random(5, 'test')
  const [gaps, none] = [new ScoreHistory(), new ScoreHistory()]
  for (let t = 0; t < 100; t++) {
    expect(gaps.push([Number.NaN, random.uniform()])).toBeNaN()
    expect(gaps.push([random.uniform(), Number.NaN])).toBeNaN()
    const [row, window] = [random.uniform(), random.uniform()]
    expect(gaps.push([row, window])).toBe(none.push([row, window]))
  }
})

test('of one part the score is −log₁₀ of its p-value, and other numbers of parts are refused', () => {
  const history = new ScoreHistory()
  for (let t = 0; t < 99; t++) history.push([t])
  expect(history.push([99])).toBeCloseTo(2, 6)
  expect(() => history.push([1, 2])).toThrow(
    expect.objectContaining({
      code: 'option',
      message: expect.stringContaining('of 1 parts, and these have 2'),
    }),
  )
})
