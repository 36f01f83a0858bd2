import { TempocodeError } from '@tempocode/core'
import { expect, test } from 'vitest'
import { seriesOf } from './series-of.js'

const columns = ['pressure', 'flow']

test('rows become values side by side, in one segment', () => {
  const series = seriesOf(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    { columns },
  )
  expect(series).toMatchObject({ columns, rows: 3, segments: [{ start: 0, end: 3 }] })
  expect([...series.values]).toEqual([1, 2, 3, 4, 5, 6])
  expect(seriesOf(series.values, { columns }).values).toBe(series.values)
})

test.each([
  [() => seriesOf([], { columns }), 'the series has no rows'],
  [() => seriesOf([[1, 2], [3]], { columns }), 'row 2 has 1 values where there are 2 columns'],
  [() => seriesOf(new Float32Array(3), { columns }), '3 values do not make whole rows of 2 columns'],
  [
    () =>
      seriesOf(
        [
          [1, 2],
          [3, NaN],
        ],
        { columns },
      ),
    '1 value is missing in row 2, column "flow"',
  ],
  [() => seriesOf([[1, -Infinity]], { columns }), '-Infinity in row 1, column "flow"'],
  [() => seriesOf([[1e39, 1]], { columns }), 'Infinity in row 1, column "pressure"'],
  [() => seriesOf([[1, 2]], { columns: ['a', 'a'] }), 'columns [a, a] are not allowed'],
])('%# is refused with its place', (make, message) => {
  expect(make).toThrow(TempocodeError)
  expect(make).toThrow(message)
})

test('times that fall, are no numbers or do not fit the rows are refused', () => {
  const withTimes = (times: number[]) => () =>
    seriesOf([[1], [2]], {
      columns: ['a'],
      time: { name: 't', kind: 'number', values: Float64Array.from(times) },
    })
  expect(withTimes([3, 3])().time?.values).toHaveLength(2)
  expect(withTimes([3, 2])).toThrow('time "t" is 2 in row 2')
  expect(withTimes([NaN, 2])).toThrow('time "t" is NaN in row 1')
  expect(withTimes([3])).toThrow('time "t" has 1 values for 2 rows')
})
