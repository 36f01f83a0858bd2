import { expect, test } from 'vitest'
import { counted, digits, duration, grouped, listed, percent, shortened, timeOf } from './words.js'

test('numbers are as short as they can be', () => {
  expect([0.041_234, 17.449, 1234.5, 0, -0.5, 2.5e7].map((x) => digits(x))).toEqual([
    '0.0412',
    '17.4',
    '1230',
    '0',
    '-0.5',
    '2.5e+7',
  ])
  expect([grouped(17_420), counted(1, 'row'), counted(2000, 'row'), percent(0.0312)]).toEqual([
    '17,420',
    '1 row',
    '2,000 rows',
    '3.1 %',
  ])
  expect([duration(0.4213), duration(59.9), duration(179.7)]).toEqual(['0.421 s', '59.9 s', '3 min 0 s'])
})

test('names are listed, and shortened by whole letters', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
  expect([shortened('flow', 4), shortened('😀😀😀😀😀', 4)]).toEqual(['flow', '😀😀😀…'])
})

test('times are as short as they can be', () => {
  const times = ['2010-01-31T00:00:00Z', '2010-01-31T05:00:00Z', '2010-01-31T05:10:20Z']
  const values = BigInt64Array.from(times, (time) => BigInt(Date.parse(time)) * 1000n)
  const say = (row: number) => timeOf({ name: 't', kind: 'timestamp', values }, row)
  expect([0, 1, 2].map(say)).toEqual(['2010-01-31', '2010-01-31 05:00', '2010-01-31 05:10:20'])
  const far = { name: 't', kind: 'timestamp' as const, values: BigInt64Array.of(9_000_000_000_000_000_000n) }
  expect(timeOf(far, 0)).toBe('9000000000000000000 µs')
  expect(timeOf({ name: 't', kind: 'number', values: Float64Array.of(1.5) }, 0)).toBe('1.5')
})
