import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { evaluate } from './evaluate.js'
import { pointAdjusted } from './point-adjusted.js'

test('one row in alarm makes its whole event count, and no other', () => {
  const group = {
    scores: [0.1, 0.5, 0.9, NaN, 0.2, 0.3, 0.6, 0.4],
    alarms: [0, 0, 1, 0, 0, 0, 1, 0],
    events: [
      { start: 1, end: 5 }, // 3 of its rows have a score; they rise to 0.9
      { start: 7, end: 8 },
    ],
  }
  const found = pointAdjusted([group])
  expect(found).toMatchObject({ precision: 3 / 4, recall: 3 / 4, f1: 3 / 4 })
  expect(found.bestF1).toBeCloseTo(8 / 9, 12) // scores above 0.3: all four, and a false one
})

test('random detectors get what is expected of them', () => {
  // Of 4000 rows every second is in an event of 20 rows, and 400 are in alarm by lot: a row of an event counts unless
  // none of its 20 is, so TP = 2000 · (1 − 0.9²⁰) = 1756.8 and FP = 200, up to what the drawing leaves.
  const events = Array.from({ length: 100 }, (_, i) => ({ start: 40 * i, end: 40 * i + 20 }))
  const alarms = Uint8Array.from({ length: 4000 }, (_, row) => Number(row % 10 === 0))
  const scores = Float64Array.from(alarms)
  const { random } = pointAdjusted([{ scores, alarms, events }], { draws: 100, seed: 3 })
  const expected = (2 * 1756.8) / (1756.8 + 200 + 2000)
  expect(Math.abs(random.f1.mean - expected)).toBeLessThan(4 * (random.f1.deviation / 10) + 0.002)
  expect(random.f1.deviation).toBeGreaterThan(0)
  expect(random.bestF1.mean).toBeGreaterThan(random.f1.mean)
  expect(random).toMatchObject({ draws: 100, seed: 3 })
})

test('it flatters a guess, and the random detectors beside it say so', () => {
  const random = new Random(7)
  const scores = Array.from({ length: 2000 }, () => random.uniform())
  const alarms = scores.map((score) => Number(score > 0.98))
  const events = [
    { start: 300, end: 700 },
    { start: 1200, end: 1500 },
  ]
  const group = { scores, alarms, events }
  expect(evaluate([group]).points.f1).toBeLessThan(0.1)
  const adjusted = pointAdjusted([group])
  expect(adjusted.f1).toBeGreaterThan(0.9)
  expect(Math.abs(adjusted.f1 - adjusted.random.f1.mean)).toBeLessThan(0.1)
})

test('a detector without alarms stands beside random ones without alarms', () => {
  const scores = [1, 2, 3, 4]
  const group = { scores, alarms: [0, 0, 0, 0], events: [{ start: 0, end: 2 }] }
  expect(pointAdjusted([group])).toMatchObject({
    recall: 0,
    f1: 0,
    random: { f1: { mean: 0, deviation: 0 } },
  })
})

test('the same seed draws the same; one draw says nothing of the spread', () => {
  const group = { scores: [1, 2, 3, 4], alarms: [0, 0, 1, 1], events: [{ start: 1, end: 3 }] }
  const draw = (seed: number) => pointAdjusted([group], { seed }).random.bestF1
  expect(draw(1)).toEqual(draw(1))
  expect(() => pointAdjusted([group], { draws: 1 })).toThrow('draws 1 is not allowed')
})
