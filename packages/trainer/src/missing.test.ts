import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveMissing } from './missing.js'
import { countRows } from './segments.js'
import type { Series, Time } from './series.js'
import { seriesOf } from './series-of.js'

const gap = NaN
const column = (values: number[], time?: Time) => (missing: 'error' | 'interpolate' | 'drop') =>
  seriesOf(
    values.map((value) => [value]),
    { columns: ['a'], time, missing },
  )

test('values between neighbours lie on a line, values at the ends are the nearest', () => {
  expect([...column([gap, gap, 2, gap, gap, 8, gap])('interpolate').values]).toEqual([2, 2, 2, 4, 6, 8, 8])
})

test('the line goes by time where rows have one', () => {
  const time: Time = { name: 't', kind: 'timestamp', values: BigInt64Array.of(0n, 10n, 40n) }
  expect([...column([0, gap, 8], time)('interpolate').values]).toEqual([0, 2, 8])
  const still: Time = { name: 't', kind: 'number', values: Float64Array.of(5, 5, 5) }
  expect([...column([0, gap, 8], still)('interpolate').values]).toEqual([0, 4, 8])
})

test('no line leads from one group into the next', () => {
  const series: Series = {
    columns: ['a'],
    rows: 4,
    values: Float32Array.of(1, gap, gap, 9),
    segments: [
      { start: 0, end: 2, name: 'm1' },
      { start: 2, end: 4, name: 'm2' },
    ],
  }
  expect([...resolveMissing(series, 'interpolate').values]).toEqual([1, 1, 9, 9])
  series.values[3] = gap
  expect(() => resolveMissing(series, 'interpolate')).toThrow('column "a" has no value at all in group "m2"')
})

test('drop cuts the segment at the gap, and times stay with their rows', () => {
  const time: Time = { name: 't', kind: 'number', values: Float64Array.of(1, 2, 3, 4, 5) }
  const series = column([gap, 20, 30, gap, 50], time)('drop')
  expect([...series.values]).toEqual([20, 30, 50])
  expect([...series.time!.values]).toEqual([2, 3, 5])
  expect(series.segments).toEqual([
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ])
  expect([...time.values]).toEqual([1, 2, 3, 4, 5])
  expect(() => column([gap, gap])('drop')).toThrow('each of the 2 rows has a missing value')
})

test('error counts what is missing and names the first place', () => {
  const rows = [
    [1, 2],
    [3, gap],
    [gap, gap],
  ]
  expect(() => seriesOf(rows, { columns: ['a', 'b'] })).toThrow(
    '3 values are missing, the first in row 2, column "b"; use missing "interpolate" or "drop"',
  )
  expect(() => column([1])('fill' as 'drop')).toThrow(
    'missing "fill" is unknown; use one of error, interpolate, drop',
  )
})

test('whatever is missing, known values stay, filled ones lie between them and dropped rows are gone', () => {
  const value = fc.oneof(fc.constant(gap), fc.integer({ min: -100, max: 100 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 }), (rows) => {
      const whole = rows.filter((row) => !row.some(Number.isNaN))
      fc.pre(whole.length > 0)
      const dropped = seriesOf(rows, { columns: ['a', 'b'], missing: 'drop' })
      expect([...dropped.values]).toEqual(whole.flat())
      expect(countRows(dropped.segments)).toBe(whole.length)
      const filled = seriesOf(rows, { columns: ['a', 'b'], missing: 'interpolate' }).values
      for (const [i, known] of rows.flat().entries()) {
        if (!Number.isNaN(known)) expect(filled[i]).toBe(known)
        const others = rows.map((row) => row[i % 2]).filter((other) => !Number.isNaN(other))
        expect(filled[i]).toBeGreaterThanOrEqual(Math.min(...others))
        expect(filled[i]).toBeLessThanOrEqual(Math.max(...others))
      }
    }),
    { seed: 1 },
  )
})
