import { expect, test } from 'vitest'
import { defaultCycles, defaultSeason } from './calendar.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

const stamped = (rows: number, step: number) => ({
  columns: ['a'],
  rows,
  values: new Float32Array(rows),
  segments: [{ start: 0, end: rows }],
  time: {
    name: 'time',
    kind: 'timestamp' as const,
    values: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i * step) * 1_000_000n),
  },
})

test.each([
  ['47 hours', 47, HOUR, []],
  ['two days of hours', 48, HOUR, ['day']],
  ['13 days of hours', 13 * 24, HOUR, ['day']],
  ['two weeks of hours', 14 * 24, HOUR, ['day', 'week']],
  ['two years of half days', 4 * 366, DAY / 2, ['day', 'week', 'year']],
  ['two years of days', 2 * 366, DAY, ['week', 'year']],
  ['three years of weeks', 3 * 53, 7 * DAY, ['year']],
])('cycles: %s', (_, rows, step, cycles) => {
  const series = stamped(rows, step)
  expect(defaultCycles(series, series.segments, step)).toEqual(cycles)
})

test('rows that do not train tell no cycle', () => {
  const series = stamped(500, HOUR)
  expect(defaultCycles(series, [{ start: 0, end: 40 }], HOUR)).toEqual([])
})

test.each([
  ['minutes', MINUTE, 1440],
  ['hours', HOUR, 24],
  ['days', DAY, 7],
  ['weeks', 7 * DAY, undefined],
  ['7 minutes', 7 * MINUTE, 1440],
  ['11 minutes', 11 * MINUTE, undefined],
])('season: %s', (_, step, season) => {
  expect(defaultSeason(stamped(3, step), step)).toBe(season)
})

test('without time stamps there are neither', () => {
  const { time, ...series } = stamped(500, HOUR)
  const numbered = { ...series, time: { ...time, kind: 'number' as const, values: new Float64Array(500) } }
  for (const each of [series, numbered]) {
    expect(defaultCycles(each, series.segments, HOUR)).toEqual([])
    expect(defaultSeason(each, HOUR)).toBeUndefined()
  }
})
