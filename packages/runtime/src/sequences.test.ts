import { expect, test } from 'vitest'
import { type Lengths, padRows } from './sequences.js'
import { failure } from './testing/failure.js'
import type { Rows } from './windows.js'

const columns = ['pressure', 'flow']
const pad = (rows: unknown, lengths?: unknown) => padRows(rows as Rows, lengths as Lengths, 3, columns)
const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
]

test('nested windows may be short, and are padded at their ends', () => {
  expect(pad([rows.slice(0, 1), rows, rows.slice(1)])).toEqual({
    values: Float32Array.of(1, 2, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 3, 4, 5, 6, 0, 0),
    lengths: Int32Array.of(1, 3, 2),
  })
})

test('fewer rows than a window are one sequence; as many, or twice as many, are full windows', () => {
  expect(pad(rows.slice(0, 2))).toEqual({
    values: Float32Array.of(1, 2, 3, 4, 0, 0),
    lengths: Int32Array.of(2),
  })
  expect(pad(rows).lengths).toEqual(Int32Array.of(3))
  expect(pad([...rows, ...rows]).lengths).toEqual(Int32Array.of(3, 3))
})

test('floats keep their padding, and come with lengths', () => {
  const values = Float32Array.of(1, 2, Number.NaN, 7, 7, 7, 1, 2, 3, 4, 5, 6)
  for (const lengths of [[1, 3], Int32Array.of(1, 3)]) {
    const padded = pad(values, lengths)
    expect(padded.values).toBe(values)
    expect(padded.lengths).toEqual(Int32Array.of(1, 3))
  }
})

const two = new Float32Array(12)
const wanted = 'give one for each of the 2 windows, from 1 to 3 rows'
test.each<[string, unknown, unknown, string]>([
  ['no lengths', two, undefined, `lengths are missing, and this encoder has masking; ${wanted}`],
  ['a length too few', two, [1], `there are 1 lengths; ${wanted}`],
  ['a length too many', two, Int32Array.of(1, 2, 3), `there are 3 lengths; ${wanted}`],
  ['a length of 0', two, [3, 0], 'the length of window 2 is 0; it must be 1 to 3 rows'],
  ['a length above the window', two, [4, 1], 'the length of window 1 is 4; it must be 1 to 3 rows'],
  ['a length that is not whole', two, [1.5, 1], 'the length of window 1 is 1.5; it must be 1 to 3 rows'],
  ['half a window', new Float32Array(9), [1], 'rows have 9 numbers; they must be windows of 3 rows of'],
  ['lengths of nested rows', [rows], [3], 'lengths are for a Float32Array; the lengths of nested rows are'],
  ['an empty window', [rows, []], undefined, 'window 2 has 0 rows; it must have 1 to 3'],
  ['a long window', [[...rows, ...rows]], undefined, 'window 1 has 6 rows; it must have 1 to 3'],
  ['no rows', [], undefined, 'there are 0 rows; they must be windows of 3 rows'],
  ['a window and a part', [...rows, [7, 8]], undefined, 'there are 4 rows; they must be windows of 3 rows'],
  ['a short row', [[[1]]], undefined, 'window 1, row 1 has 1 numbers; it must have 2 columns'],
  ['other floats', new Float64Array(6), [1], 'rows are a Float64Array; use a Float32Array'],
])('%s: refused', async (_, given, lengths, message) => {
  const error = await failure(() => pad(given, lengths))
  expect(error.code).toBe('data')
  expect(error.message).toContain(message)
})
