import { Random } from '@tempocode/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PastScores } from './past-scores.js'

const seed = 8
const scores = fc.array(fc.float({ noNaN: true }), { maxLength: 300 })
const few = fc.array(fc.constantFrom(0, 1, 2), { maxLength: 300 }) // many of them alike

test('the p-value counts the past scores that are at least as high', () => {
  const property = fc.property(fc.oneof(scores, few), (all) => {
    const past = new PastScores('test')
    all.forEach((score, row) => {
      const before = all.slice(0, row)
      const higher = before.filter((other) => other >= score).length
      expect(past.rarityOf(score)).toBe((1 + higher) / (1 + before.length))
      past.add(score)
    })
  })
  fc.assert(property, { seed, numRuns: 200 })
})

describe('100,000 scores of one distribution', () => {
  const random = new Random(1, 'test')
  const all = Float32Array.from({ length: 100_000 }, () => Math.exp(random.normal()))
  const past = new PastScores('test')
  const rarities = all.map((score) => {
    const rarity = past.rarityOf(score)
    past.add(score)
    return rarity
  })

  test.each([0.001, 0.01, 0.1, 0.5])('are at most %f as often as that', (p) => {
    const from = 1 / p // fewer past scores cannot be so rare
    const rate = rarities.subarray(from).filter((rarity) => rarity <= Math.fround(p)).length / (1e5 - from)
    const deviation = Math.sqrt((p * (1 - p)) / 1e5)
    expect(Math.abs(rate - p)).toBeLessThan(4 * deviation)
  })

  test('of which 16,384 are kept, a sample of all', () => {
    const sorted = all.slice().sort()
    for (const part of [0.01, 0.1, 0.5, 0.9, 0.99]) {
      const due = 1 - part
      const deviation = Math.sqrt((part * (1 - part)) / 16_384)
      expect(Math.abs(past.rarityOf(sorted[part * 1e5]) - due)).toBeLessThan(4 * deviation)
    }
    expect(past.rarityOf(1e9)).toBe(1 / 16_385)
  })

  test('scores of long ago stay as likely as late ones', () => {
    const both = new PastScores('test')
    for (let i = 0; i < 50_000; i++) both.add(0)
    for (let i = 0; i < 50_000; i++) both.add(1)
    expect(Math.abs(both.rarityOf(1) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 16_384))
  })
})

test('the same scores leave the same past', () => {
  const random = new Random(2, 'test')
  const all = Float32Array.from({ length: 40_000 }, () => random.normal())
  const [one, other] = [new PastScores('test'), new PastScores('test')]
  for (const score of all) one.add(score)
  for (const score of all) other.add(score)
  for (const score of all.subarray(0, 100)) expect(one.rarityOf(score)).toBe(other.rarityOf(score))
})
