import { Random } from '@tempocode/core'
import { denseAutoencoder, gruAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { drawDropout, dropoutOf } from './dropout.js'

beforeAll(() => tf.enableProdMode())

const WINDOWS = 400
const network = () => gruAutoencoder({ window: 6, columns: 2, units: [5, 4, 3], dropout: 0.3 })

test('each layer has draws of its input’s size: 0 with its rate, and the mean stays', () => {
  const draws = drawDropout(dropoutOf(network()))!(new Random(0), WINDOWS)
  expect(Object.entries(draws).map(([name, { shape }]) => [name, shape])).toEqual([
    ['dropout_1/keep', [WINDOWS, 6, 5]],
    ['dropout_2/keep', [WINDOWS, 6, 4]],
  ])
  for (const { data, shape } of Object.values(draws)) {
    expect(data.length).toBe(shape.reduce((a, b) => a * b, 1))
    expect(new Set(data)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
    expect(data.filter((x) => x === 0).length / data.length).toBeCloseTo(0.3, 1)
    expect(data.reduce((a, b) => a + b, 0) / data.length).toBeCloseTo(1, 1)
  }
})

test('vectors are dropped out, too', () => {
  const model = denseAutoencoder({ window: 3, columns: 2, units: [4, 3], dropout: 0.5 })
  const { 'dropout_1/keep': keep } = drawDropout(dropoutOf(model))!(new Random(0), WINDOWS)
  expect(keep.shape).toEqual([WINDOWS, 4])
  expect(keep.data.filter((x) => x === 0).length / keep.data.length).toBeCloseTo(0.5, 1)
})

test('the random numbers fix the draws', () => {
  const draw = drawDropout(dropoutOf(network()))!
  expect(draw(new Random(1), 3)).toEqual(draw(new Random(1), 3))
  expect(draw(new Random(1), 3)).not.toEqual(draw(new Random(2), 3))
})

test('a network without Dropout draws nothing', () => {
  expect(drawDropout(dropoutOf(gruAutoencoder({ window: 6, columns: 2, units: [3] })))).toBeUndefined()
})
