import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDetector, ScoreHistory } from '../index.js'
import { detected, writeDetector } from '../testing/detector-file.js'
import { rawValues, WINDOW } from '../testing/encoder-file.js'
import { failure } from '../testing/failure.js'
import type { Detector } from './detector.js'
import { events } from './events.js'
import { partsOf, scoresOf } from './score.js'

const ROWS = 1200 // more windows than are run at a time
const values = rawValues(ROWS / WINDOW)
const rowAt = (row: number) => values.subarray(2 * row, 2 * row + 2)

let detector: Detector
beforeAll(async () => {
  detector = await loadDetector(writeDetector(), { device: 'cpu', threshold: 'rate:0.02' })
})
afterAll(() => detector.dispose())

test('a row’s score is of its window’s among those before', async () => {
  const history = new ScoreHistory()
  const due = Array.from({ length: ROWS - WINDOW + 1 }, (_, first) =>
    history.push([detected(values.subarray(2 * first, 2 * (first + WINDOW))).score[0]]),
  )
  const { scores, contributions } = await detector.scoreSeries(values, { adapt: true })
  expect([...scores.subarray(0, WINDOW - 1)].every(Number.isNaN)).toBe(true)
  // Ranks: one that rounding moves is less than one row in 100
  const differ = due.filter((score, i) => Math.abs(score - scores[i + WINDOW - 1]) > 1e-6)
  expect(differ.length).toBeLessThan(ROWS / 100)
  expect(contributions).toEqual((await detector.scoreSeries(values)).contributions)
})

test('the parts of a combined score are Q and T²', () => {
  const scoring = {
    kind: 'combined' as const,
    errors: {
      windows: 9,
      mean: Float32Array.of(3, 1),
      deviation: Float32Array.of(4, 1),
      whitening: Float32Array.of(1, 0, 1),
    },
    features: { mean: Float32Array.of(1), whitening: Float32Array.of(2) },
  }
  const errors = Float32Array.of(5, 2, 10, 0)
  const scores = scoresOf({ errors, features: Float32Array.of(1, 3) }, 2, scoring)
  const [q, t2] = partsOf(errors, scores, 2, scoring)
  expect([...q]).toEqual([1.5, 2])
  expect([...t2]).toEqual([expect.closeTo(0, 5), expect.closeTo(16, 5)])
})

describe('a stream', () => {
  test('gives the same to the bit, and raises alarms by adaptive scores', async () => {
    const { scores, contributions } = await detector.scoreSeries(values, { adapt: true })
    const stream = detector.stream({ adapt: true, rest: 10 })
    const raised: number[] = []
    for (let row = 0; row < ROWS; row++) {
      const pushed = await stream.push(rowAt(row))
      expect(pushed.score).toBe(scores[row])
      expect(pushed.contributions).toEqual(contributions.subarray(2 * row, 2 * row + 2))
      if (pushed.alarm === 'start') raised.push(row)
    }
    const due = events(scores, { threshold: -Math.log10(0.02), rest: 10 })
    expect(raised.length).toBeGreaterThan(2)
    expect(raised).toEqual(due.map((alarm) => alarm.raised))
  })

  test('goes on from the past that it is given, and keeps it when rows are forgotten', async () => {
    const { scores } = await detector.scoreSeries(values, { adapt: true })
    const past = new ScoreHistory()
    await detector.scoreSeries(values.subarray(0, 2 * 900), { adapt: past })
    const stream = detector.stream({ adapt: past })
    for (let row = 900 - WINDOW + 1; row < 900; row++) await stream.push(rowAt(row))
    for (let row = 900; row < 1000; row++) expect((await stream.push(rowAt(row))).score).toBe(scores[row])
    await stream.reset()
    for (let row = 1000 - WINDOW + 1; row < 1000; row++) {
      expect((await stream.push(rowAt(row))).score).toBeNaN()
    }
    for (let row = 1000; row < ROWS; row++) expect((await stream.push(rowAt(row))).score).toBe(scores[row])
  })

  test('rests for 5 windows after an alarm', async () => {
    const stream = detector.stream({ adapt: true })
    const raised: number[] = []
    for (let row = 0; row < ROWS; row++)
      if ((await stream.push(rowAt(row))).alarm === 'start') raised.push(row)
    expect(raised.length).toBeGreaterThan(2)
    const { scores } = await detector.scoreSeries(values, { adapt: true })
    const due = events(scores, { threshold: -Math.log10(0.02), rest: 5 * WINDOW })
    expect(raised).toEqual(due.map((alarm) => alarm.raised))
  })
})

test('no later row changes a score, and NaN is no past', async () => {
  const { scores } = await detector.scoreSeries(values, { adapt: true })
  const changed = values.slice()
  changed.fill(1e6, 2 * 600, 2 * 601)
  changed.fill(Number.NaN, 2 * 700, 2 * 701)
  const after = (await detector.scoreSeries(changed, { adapt: true })).scores
  expect(after.subarray(0, 600)).toEqual(scores.subarray(0, 600))
  expect(after[600]).toBeCloseTo(Math.log10(1 + 600 - (WINDOW - 1)), 5) // the highest of all
  const gap = after.subarray(700, 700 + WINDOW)
  expect(gap.every(Number.isNaN)).toBe(true)
  expect(after.subarray(700 + WINDOW).some(Number.isNaN)).toBe(false)
})

test('with a stride, rows between have the score of the last window before', async () => {
  const { scores } = await detector.scoreSeries(values, { adapt: true, stride: 3 })
  expect(scores[3]).toBe(0) // the first window has no past
  for (let row = 3; row < ROWS; row++) expect(scores[row]).toBe(scores[row - ((row - 3) % 3)])
})

test('what is not for it is refused', async () => {
  const adapt = 'yes' as never
  const message = 'adapt is a string; use true, false or a ScoreHistory'
  expect((await failure(() => detector.scoreSeries(values, { adapt }))).message).toBe(message)
  expect((await failure(() => detector.stream({ adapt }))).message).toBe(message)
  const rest = 1.5
  expect((await failure(() => detector.stream({ rest }))).message).toBe(
    'rest 1.5 is not allowed; use a whole number from 0 on',
  )
  const pot = await loadDetector(writeDetector(), { threshold: 'sigma:3' })
  expect(await failure(() => pot.stream({ adapt: true }))).toMatchObject({ code: 'option' })
  await pot.dispose()
})

test('without a threshold asked for it is 3, whatever the file’s is', async () => {
  const plain = await loadDetector(writeDetector())
  const stream = plain.stream({ adapt: true })
  const { scores } = await plain.scoreSeries(values, { adapt: true })
  const raised: number[] = []
  for (let row = 0; row < ROWS; row++) if ((await stream.push(rowAt(row))).alarm === 'start') raised.push(row)
  expect(raised).toEqual(events(scores, { threshold: 3, rest: 5 * WINDOW }).map((alarm) => alarm.raised))
  await plain.dispose()
})
