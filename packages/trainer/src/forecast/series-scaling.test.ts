import { TempocodeError } from '@tempocode/core'
import { expect, test } from 'vitest'
import { fitSeriesScaling, groupNames, scaleSeries } from './series-scaling.js'

const series = {
  columns: ['a', 'b'],
  rows: 6,
  values: Float32Array.from([1, 5, 3, 5, 900, 5, 100, 7, 300, 9, 500, 8]),
  segments: [
    { start: 0, end: 3, name: 'small' },
    { start: 3, end: 6, name: 'large' },
  ],
}
const train = [
  { start: 0, end: 2, name: 'small' },
  { start: 3, end: 5, name: 'large' },
]

test('each series is scaled by its own training rows', () => {
  const warnings: string[] = []
  const scaling = fitSeriesScaling(series, train, (message) => warnings.push(message))
  expect(groupNames(scaling)).toEqual(['small', 'large'])
  expect(scaling.center).toEqual([2, 5, 200, 8])
  expect(scaling.scale).toEqual([1, 1, 100, 1])
  expect(warnings).toEqual(['group "small": column "b" is constant in the training rows'])
  expect([...scaleSeries(series, scaling)]).toEqual([-1, 0, 1, 0, 898, 0, -1, -1, 1, 1, 3, 0])
})

test('series without groups have one scale', () => {
  const plain = { ...series, segments: [{ start: 0, end: 6 }] }
  const scaling = fitSeriesScaling(plain, [{ start: 0, end: 2 }], () => {})
  expect([groupNames(scaling), scaling.center, scaling.scale]).toEqual([[], [2, 5], [1, 1]])
})

test('a series without training rows is refused', () => {
  expect(() => fitSeriesScaling(series, train.slice(0, 1), () => {})).toThrow(
    new TempocodeError('data', 'group "large": no row is left to train; leave it out'),
  )
})
