import { TempocodeError } from '@tempocode/core'
import { expect, test } from 'vitest'
import { fitFeatureScaling, scaleFeatures } from './feature-scaling.js'

const features = {
  window: 2,
  size: 3,
  values: Float32Array.from([0, 0, 0, 1, 50, 7, 3, 30, 7.0001, 0, 0, 0, 5, 10, 7, 9, 9, 9]),
}
const train = [
  { start: 0, end: 3 },
  { start: 3, end: 5 },
]

test('features are scaled by the training rows at which a window ends', () => {
  const { center, scale } = fitFeatureScaling(features, train)
  expect(center.map((value) => Math.round(1000 * value) / 1000)).toEqual([3, 30, 7])
  const deviation = Math.sqrt(8 / 3)
  expect(scale[0]).toBeCloseTo(deviation, 6)
  expect(scale[1]).toBeCloseTo(10 * deviation, 5)
  expect(scale[2]).toBe(scale[1]) // it hardly changes
})

test('rows where no window ends have zeros', () => {
  const segments = [
    { start: 0, end: 3 },
    { start: 3, end: 6 },
  ]
  const scaled = scaleFeatures(features, { center: [3, 30, 7], scale: [2, 10, 10] }, segments)
  const rounded = [...scaled].map((value) => Math.round(100 * value) / 100)
  expect(rounded).toEqual([0, 0, 0, -1, 2, 0, 0, 0, 0, 0, 0, 0, 1, -2, 0, 3, -2.1, 0.2])
})

test('an encoder with more rows than any run of training rows is refused', () => {
  expect(() => fitFeatureScaling({ ...features, window: 4 }, train)).toThrow(
    new TempocodeError('data', 'the encoder takes 4 rows, and no run of training rows has as many'),
  )
})
