import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CYCLES, cycleColumns, cycleNames } from './cycles.js'

const at = (time: string) => Date.parse(time) / 1000

test('each cycle has two columns', () => {
  expect(CYCLES).toEqual(['day', 'week', 'year'])
  expect(cycleNames(CYCLES)).toEqual(['day_sin', 'day_cos', 'week_sin', 'week_cos', 'year_sin', 'year_cos'])
  expect(cycleNames(['week'])).toEqual(['week_sin', 'week_cos'])
  expect(cycleNames([])).toEqual([])
  expect(cycleColumns(0, [])).toEqual([])
})

test.each([
  ['day', '2026-03-11T00:00:00Z', 0, 1],
  ['day', '2026-03-11T06:00:00Z', 1, 0],
  ['day', '2026-03-11T12:00:00Z', 0, -1],
  ['day', '1969-12-31T18:00:00Z', -1, 0],
  ['week', '2026-11-23T00:00:00Z', 0, 1], // a Monday
  ['week', '2026-11-24T18:00:00Z', 1, 0],
  ['week', '2026-11-26T12:00:00Z', 0, -1],
  ['week', '1969-12-29T00:00:00Z', 0, 1], // a Monday
  ['year', '1970-01-01T00:00:00Z', 0, 1],
  ['year', '1974-01-01T00:00:00Z', 0, 1], // 1461 days later
] as const)('%s at %s', (cycle, time, sin, cos) => {
  const received = cycleColumns(at(time), [cycle])
  expect(received[0]).toBeCloseTo(sin, 9)
  expect(received[1]).toBeCloseTo(cos, 9)
})

test('a year later the place in the year is about the same, and half a year later the opposite', () => {
  const [sin, cos] = cycleColumns(at('2024-05-04T03:00:00Z'), ['year'])
  const [later, laterCos] = cycleColumns(at('2025-05-04T09:00:00Z'), ['year'])
  expect([later, laterCos]).toEqual([expect.closeTo(sin, 9), expect.closeTo(cos, 9)])
  const [opposite] = cycleColumns(at('2024-05-04T03:00:00Z') + 182.625 * 86_400, ['year'])
  expect(opposite).toBeCloseTo(-sin, 9)
})

test('they are on the circle, several in the order that was asked for, and come back', () => {
  const seconds = fc.double({ min: -4e9, max: 8e9, noNaN: true })
  fc.assert(
    fc.property(seconds, (time) => {
      const [yearSin, yearCos, daySin, dayCos] = cycleColumns(time, ['year', 'day'])
      expect(yearSin ** 2 + yearCos ** 2).toBeCloseTo(1, 12)
      expect([daySin, dayCos]).toEqual(cycleColumns(time, ['day']))
      const [tomorrow] = cycleColumns(time + 86_400, ['day'])
      expect(tomorrow).toBeCloseTo(daySin, 6)
    }),
    { seed: 9 },
  )
})
