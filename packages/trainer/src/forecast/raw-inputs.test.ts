import { expect, test } from 'vitest'
import { rawInputs } from './raw-inputs.js'

test('known columns enter early, and none enters from another segment', () => {
  const rows = [1, 2, 3, 4, 5, 6, 7].map((row) => [row, 10 * row, 100 * row])
  const series = {
    columns: ['plan', 'a', 'b'],
    rows: rows.length,
    values: Float32Array.from(rows.flat()),
    segments: [
      { start: 0, end: 4 },
      { start: 4, end: 7 },
    ],
  }
  const { columns, values, segments } = rawInputs(
    series,
    { targets: ['b'], others: ['a'], known: ['plan'] },
    2,
  )
  expect(columns).toEqual(['b', 'a', 'plan'])
  expect(segments).toBe(series.segments)
  const plan = [3, 4, 4, 4, 7, 7, 7]
  expect([...values]).toEqual(rows.flatMap(([, a, b], i) => [b, a, plan[i]]))
})
