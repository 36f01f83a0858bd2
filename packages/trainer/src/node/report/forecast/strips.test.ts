import { expect, test } from 'vitest'
import type { ForecastExample } from '../../../forecast/evaluation.js'
import type { Series } from '../../../series.js'
import { stripsOf } from './strips.js'

const HOUR = 3_600_000
/** Two columns in 100 rows of each of so many groups: row and minus row; a row each hour. */
function seriesOf(groups: number): Series {
  const rows = 100 * groups
  return {
    columns: ['x', 'y'],
    rows,
    values: Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? i / 2 : -(i - 1) / 2)),
    time: {
      name: 'time',
      kind: 'timestamp',
      values: BigInt64Array.from({ length: rows }, (_, row) => BigInt((row % 100) * HOUR * 1000)),
    },
    groupBy: 'machine',
    segments: Array.from({ length: groups }, (_, g) => ({
      start: 100 * g,
      end: 100 * g + 100,
      name: `g${g}`,
    })),
  }
}
const example = (start: number, group = 'g0'): ForecastExample => ({
  group,
  start,
  actual: new Float32Array(3),
  forecast: Float32Array.of(1, 2, 3),
})

test('rows from 24 before the first forecast to the end, and the forecasts at their times', () => {
  const ahead = [
    {
      group: 'g0',
      end: 100,
      times: BigInt64Array.of(100n, 101n, 102n).map((hour) => hour * BigInt(HOUR) * 1000n),
      forecast: Float32Array.of(7, 8, 9),
    },
  ]
  const [strip] = stripsOf(seriesOf(1), ['y'], 3, { examples: [example(94), example(97)], ahead })
  expect(strip).toMatchObject({ group: 'g0', kind: 'timestamp', axis: 'time', end: 99 * HOUR })
  expect(strip.at).toEqual(Array.from({ length: 30 }, (_, i) => (70 + i) * HOUR))
  expect([...strip.measured]).toEqual(Array.from({ length: 30 }, (_, i) => -(70 + i)))
  expect(strip.forecasts.map(({ at, ahead }) => [at[0] / HOUR, at[2] / HOUR, ahead])).toEqual([
    [94, 96, false],
    [97, 99, false],
    [100, 102, true],
  ])
})

test('a forecast that lies far back is not shown, nor a group without any', () => {
  const strips = stripsOf(seriesOf(3), ['x'], 3, { examples: [example(20), example(297, 'g2')], ahead: [] })
  expect(strips.map(({ group, at, end }) => [group, at.length, end / HOUR])).toEqual([['g2', 27, 99]])
  expect(stripsOf(seriesOf(1), ['x'], 3, { examples: [], ahead: [] })).toEqual([])
})

test('at most four groups; rows without times have their numbers', () => {
  const { time, ...series } = seriesOf(6)
  const examples = Array.from({ length: 6 }, (_, g) => example(100 * g + 97, `g${g}`))
  const strips = stripsOf(series, ['x'], 3, { examples, ahead: [] })
  expect(strips.map(({ group }) => group)).toEqual(['g0', 'g1', 'g2', 'g3'])
  expect(strips[1]).toMatchObject({ kind: 'row', axis: 'row', end: 200 })
  expect(strips[1].forecasts[0].at).toEqual([198, 199, 200])
})
