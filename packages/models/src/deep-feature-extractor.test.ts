import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type DeepFeatureExtractorOptions, deepFeatureExtractor } from './deep-feature-extractor.js'
import { encoderOf } from './encoder-of.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

test('512, 256 and 128 units by default, built in a moment', () => {
  const model = deepFeatureExtractor({ window: 48, columns: 8 })
  expect(model.countParams()).toBe(4_156_424)
  expect(encoderOf(model).outputs[0].shape).toEqual([null, 128])
})

test('other units and activations', () => {
  const model = deepFeatureExtractor({ window: 3, columns: 1, units: [5, 4, 3, 2, 1], activation: 'relu' })
  expect(model.getLayer('encoder_5').getConfig().activation).toBe('relu')
  expect(encoderOf(model).outputs[0].shape).toEqual([null, 1])
})

test('an option of other networks is refused', () => {
  const options = { window: 3, columns: 1, heads: ['prediction'] } as DeepFeatureExtractorOptions
  expect(() => deepFeatureExtractor(options)).toThrow(
    'deepFeatureExtractor: option "heads" is unknown; use window, columns, units, activation, seed',
  )
})
