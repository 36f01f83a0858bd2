import { describe, expect, test } from 'vitest'
import { NAB_PROFILES, nabScore } from './nab-score.js'
import { rowsOf } from './runs.js'
import { parkMiller } from './testing/park-miller.js'

/* NAB 1.1, nab/sweeper.py: Sweeper(0.15, costMatrix), all files' calcSweepScore, then calcScoreByThreshold as in
   nab/optimizer.py; scores of file k from x of seed k + 1: x % 1000 / 1000 + (0.0003 * (x % 7) in windows). */
describe('as NAB’s own program', () => {
  const lengths = [400, 6000, 300]
  const windows = [
    [
      { start: 50, end: 71 }, // the first 60 rows do not count
      { start: 80, end: 110 },
      { start: 200, end: 240 },
      { start: 240, end: 260 },
      { start: 300, end: 320 },
    ],
    [
      { start: 700, end: 821 }, // the first 750 rows do not count
      { start: 2000, end: 2100 },
      { start: 5900, end: 6000 },
    ],
    [],
  ]
  const files = lengths.map((rows, k) => {
    const inside = rowsOf(windows[k], rows)
    const scores = parkMiller(rows, k + 1).map(
      (x, i) => (x % 1000) / 1000 + (inside[i] ? 0.0003 * (x % 7) : 0),
    )
    return { scores, windows: windows[k] }
  })

  test.each([
    ['standard', 0.9913, -5.461243076760651, 15.867230770245932, -6.891242618092054, 6.929733636924662],
    [
      'reward_low_FP_rate',
      0.9962,
      -6.886263182103056,
      6.960855111855901,
      -11.378362878390442,
      -21.114767989940265,
    ],
    [
      'reward_low_FN_rate',
      0.9892,
      -9.76623349476707,
      25.97402710513721,
      -11.891242618092054,
      17.11982242461644,
    ],
  ] as const)('profile %s', (profile, threshold, raw, score, rawAt, scoreAt) => {
    const best = nabScore(files, { profile })
    expect(best.threshold).toBe(threshold)
    expect(best.raw).toBeCloseTo(raw, 10)
    expect(best.score).toBeCloseTo(score, 10)
    const at = nabScore(files, { profile, threshold: 0.99 })
    expect(at.raw).toBeCloseTo(rawAt, 10)
    expect(at.score).toBeCloseTo(scoreAt, 10)
    expect(at.threshold).toBe(0.99)
  })
})

const windows = [{ start: 50, end: 60 }]
const at = (...rows: number[]) => Array.from({ length: 100 }, (_, row) => Number(rows.includes(row)))

test('100 for the first row of each window alone, 0 for no alarm', () => {
  for (const profile of NAB_PROFILES) {
    expect(nabScore([{ scores: at(50), windows }], { profile }).score).toBeCloseTo(100, 12)
    expect(nabScore([{ scores: at(50), windows }], { profile, threshold: 2 }).score).toBe(0)
  }
  expect(nabScore([{ scores: Array(100).fill(NaN), windows }])).toEqual({
    score: 0,
    threshold: Infinity,
    raw: -1,
  })
})

test('alarms of a detector are scores, too: false ones cost more before the first window than just behind one', () => {
  const score = (...rows: number[]) => nabScore([{ scores: at(...rows), windows }], { threshold: 1 }).score
  expect(score(50, 20)).toBeCloseTo(100 - 11 / 2, 12) // from −1 to 1 are 100
  expect(score(50, 61)).toBeGreaterThan(score(50, 20))
  expect(score(50, 3)).toBeCloseTo(100, 12) // within the probation
  expect(score(59)).toBeLessThan(score(51))
})

test('windows within the probation do not count; without another there is no score', () => {
  const early = { start: 2, end: 15 }
  expect(nabScore([{ scores: at(50), windows: [early, ...windows] }]).score).toBeCloseTo(100, 12)
  expect(() => nabScore([{ scores: at(50), windows: [early] }])).toThrow(
    'no window has a row behind the probation',
  )
})

test('of equally good thresholds the highest is named', () => {
  const scores = at(50)
  scores[55] = 0.5 // another alarm in the same window, which earns less
  expect(nabScore([{ scores, windows }]).threshold).toBe(1)
})

test('an unknown profile is refused', () => {
  const profile = 'strict' as never
  expect(() => nabScore([{ scores: at(50), windows }], { profile })).toThrow(
    'profile "strict" is unknown; use one of standard, reward_low_FP_rate, reward_low_FN_rate',
  )
})
