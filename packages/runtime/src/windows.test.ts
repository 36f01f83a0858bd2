import { expect, test } from 'vitest'
import { failure } from './testing/failure.js'
import { countRows, flattenRows, type Rows } from './windows.js'

const columns = ['pressure', 'flow']
const flatten = (rows: unknown) => flattenRows(rows as Rows, 2, columns)

test('windows back to back, rows and windows of rows are the same', () => {
  const flat = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  expect(flatten(flat)).toBe(flat)
  const rows = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ]
  expect(flatten(rows)).toEqual(flat)
  expect(flatten([rows.slice(0, 2), rows.slice(2)])).toEqual(flat)
})

test('NaN and infinity are values like any other', () => {
  expect(
    flatten([
      [Number.NaN, 1],
      [2, -Infinity],
    ]),
  ).toEqual(Float32Array.of(Number.NaN, 1, 2, -Infinity))
})

const row = [1, 2]
test.each<[string, unknown, string, object]>([
  [
    'no numbers',
    new Float32Array(),
    'rows have 0 numbers; they must be windows of 2 rows of 2 columns (pressure, flow)',
    {},
  ],
  [
    'half a window',
    new Float32Array(6),
    'rows have 6 numbers; they must be windows of 2 rows of 2 columns (pressure, flow)',
    {},
  ],
  [
    'other floats',
    new Float64Array(4),
    'rows are a Float64Array; use a Float32Array, number[][] (rows) or number[][][] (windows)',
    {},
  ],
  ['nothing', undefined, 'rows are undefined; use a Float32Array', {}],
  ['null', null, 'rows are null; use a Float32Array', {}],
  ['an object', { rows: [] }, 'rows are an Object; use a Float32Array', {}],
  ['no rows', [], 'there are 0 rows; they must be windows of 2 rows', {}],
  ['an odd row', [row, row, row], 'there are 3 rows; they must be windows of 2 rows', {}],
  ['flat numbers', [1, 2, 3, 4], 'row 1 is a number; use a number[]', { row: 1 }],
  ['typed rows', [row, Float32Array.of(1, 2)], 'row 2 is a Float32Array; use a number[]', { row: 2 }],
  [
    'a short row',
    [row, row, row, [1]],
    'row 4 has 1 numbers; it must have 2 columns (pressure, flow)',
    { row: 4 },
  ],
  [
    'a long row',
    [[1, 2, 3], row],
    'row 1 has 3 numbers; it must have 2 columns (pressure, flow)',
    { row: 1 },
  ],
  ['an empty row', [[], row], 'row 1 has 0 numbers', { row: 1 }],
  [
    'a hole',
    [[1, null], row],
    'row 1, column "flow" is null; use a number (NaN for a gap)',
    { row: 1, column: 'flow' },
  ],
  ['text', [row, ['1', 2]], 'row 2, column "pressure" is a string', { row: 2, column: 'pressure' }],
  ['a window too short', [[row, row], [row]], 'window 2 has 1 rows; it must have 2', {}],
  ['a window too long', [[row, row, row]], 'window 1 has 3 rows; it must have 2', {}],
  ['a window that is none', [[row, row], 5], 'window 2 has no rows; it must have 2', {}],
  ['a short row in a window', [[row, [1]]], 'window 1, row 2 has 1 numbers', { row: 2 }],
  [
    'text in a window',
    [
      [row, row],
      [row, [1, 'x']],
    ],
    'window 2, row 2, column "flow" is a string',
    { row: 2, column: 'flow' },
  ],
  ['mixed depths', [row, [row, row]], 'row 2, column "pressure" is an Array', { row: 2, column: 'pressure' }],
])('%s: refused', async (_, rows, message, place) => {
  const error = await failure(() => flatten(rows))
  expect(error).toMatchObject({ code: 'data', place })
  expect(error.message).toContain(message)
})

test('a series has whole rows, and a window of them at least', async () => {
  expect(countRows(new Float32Array(10), 2, columns)).toBe(5)
  const refused = async (values: unknown) =>
    (await failure(() => countRows(values as Float32Array, 2, columns))).message
  expect(await refused(new Float32Array(5))).toBe(
    'values have 5 numbers; they must be rows of 2 columns (pressure, flow)',
  )
  expect(await refused(new Float32Array(2))).toBe('values have 1 rows; a window takes 2')
  expect(await refused([1, 2, 3, 4])).toBe('values are an Array; use a Float32Array')
})

test('of many columns the first eight are named', async () => {
  const many = Array.from({ length: 12 }, (_, i) => `c${i}`)
  const error = await failure(() => flattenRows(new Float32Array(5), 2, many))
  expect(error.message).toContain('12 columns (c0, c1, c2, c3, c4, c5, c6, c7, …)')
})
