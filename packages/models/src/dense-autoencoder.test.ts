import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { decoderOf } from './decoder-of.js'
import type { DenseAutoencoderOptions } from './dense/options.js'
import { denseAutoencoder } from './dense-autoencoder.js'
import { encoderOf } from './encoder-of.js'
import { TiedDense } from './layers/tied-dense.js'
import { stackedAutoencoder } from './stacked-autoencoder.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const size = { window: 6, columns: 2 }
const layersOf = (model: tf.LayersModel) =>
  model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape])

test('flatten, encoder, mirrored decoder, the window again', () => {
  const model = denseAutoencoder({ ...size, units: [8, 3], dropout: 0.2, l1: 1e-3 })
  expect(layersOf(model)).toEqual([
    ['window', 'InputLayer', [null, 6, 2]],
    ['flatten', 'Flatten', [null, 12]],
    ['encoder_1', 'Dense', [null, 8]],
    ['dropout_1', 'Dropout', [null, 8]],
    ['encoder_2', 'Dense', [null, 3]],
    ['code', 'ActivityRegularization', [null, 3]],
    ['decoder_1', 'Dense', [null, 8]],
    ['decoder_2', 'Dense', [null, 12]],
    ['reconstruction', 'Reshape', [null, 6, 2]],
  ])
  const activations = ['encoder_2', 'decoder_1', 'decoder_2'].map(
    (name) => model.getLayer(name).getConfig().activation,
  )
  expect(activations).toEqual(['relu', 'relu', 'linear'])
  expect(model.getLayer('dropout_1').getConfig().rate).toBe(0.2)
  expect(model.getLayer('code').getConfig().l1).toBe(1e-3)
  expect(encoderOf(model).outputs[0].sourceLayer.name).toBe('code')
})

test('by default one layer of a third of the window, at most 64 units', () => {
  const model = denseAutoencoder(size)
  expect(model.name).toBe('dense_autoencoder')
  expect(encoderOf(model).outputs[0].shape).toEqual([null, 4])
  const wide = denseAutoencoder({ window: 140, columns: 2 })
  expect(encoderOf(wide).outputs[0].shape).toEqual([null, 64])
  expect(model.layers.map(({ name }) => name)).toEqual([
    'window',
    'flatten',
    'encoder_1',
    'decoder_1',
    'reconstruction',
  ])
})

test('stacked: each decoder layer is tied to the encoder layer that it undoes', () => {
  const model = stackedAutoencoder({ ...size, activation: 'relu' })
  expect(model.name).toBe('stacked_autoencoder')
  const ties = model.layers
    .filter((layer) => layer instanceof TiedDense)
    .map((layer) => [layer.name, layer.tied.name, layer.outputShape, layer.getConfig().activation])
  expect(ties).toEqual([
    ['decoder_1', 'encoder_3', [null, 32], 'relu'],
    ['decoder_2', 'encoder_2', [null, 64], 'relu'],
    ['decoder_3', 'encoder_1', [null, 12], 'linear'],
  ])
})

test('tied weights are half the kernel weights', () => {
  const kernels = (tied: boolean) =>
    stackedAutoencoder({ ...size, tied })
      .weights.filter(({ originalName }) => originalName.endsWith('/kernel'))
      .reduce((sum, { shape }) => sum + (shape[0] as number) * (shape[1] as number), 0)
  expect(kernels(true)).toBe(12 * 64 + 64 * 32 + 32 * 16)
  expect(kernels(false)).toBe(2 * kernels(true))
  const biases = 64 + 32 + 16 + 32 + 64 + 12
  expect(stackedAutoencoder(size).countParams()).toBe(kernels(true) + biases)
})

test('relative: the level of a window is added to what the decoder gives, and its code does not have it', () => {
  const model = denseAutoencoder({ ...size, relative: true })
  const codes = encoderOf(model)
  const given = (network: tf.LayersModel, level: number) =>
    tf.tidy(() => {
      const window = tf.tensor([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [1, 6, 2])
      return [...(network.predict(tf.add(window, level)) as tf.Tensor).dataSync()]
    })
  expect(given(codes, 0).some((feature) => feature !== 0)).toBe(true)
  expect(given(codes, 100)).toEqual(given(codes, 0))
  const levels = given(model, 100).map((value, i) => value - given(model, 0)[i])
  for (const level of levels) expect(level).toBeCloseTo(100, 4)
  expect(() => decoderOf(model)).toThrow('has no decoder that needs the code alone')
})

test.each([
  [{ ...size, units: 3 }, 'units 3 is not allowed; use a list of whole numbers above 0'],
  [{ ...size, activation: 'gelu' }, 'activation "gelu" is unknown; use tanh or relu or sigmoid'],
  [{ ...size, tied: 'yes' }, 'tied "yes" is not allowed; use true or false'],
  [{ ...size, relative: 1 }, 'relative 1 is not allowed; use true or false'],
  [{ ...size, dropout: 1 }, 'dropout 1 is not allowed; use a number of at least 0 and below 1'],
  [
    { ...size, units: [4], dropout: 0.1 },
    'dropout 0.1 acts between layers of the encoder, but units [4] has one layer; use more, or no dropout',
  ],
  [{ ...size, l1: -1 }, 'l1 -1 is not allowed; use a number that is not below 0'],
  [
    { ...size, heads: [] },
    'denseAutoencoder: option "heads" is unknown; use window, columns, units, activation, tied, dropout, l1, relative, seed',
  ],
])('%j is refused', (options, message) => {
  expect(() => denseAutoencoder(options as unknown as DenseAutoencoderOptions)).toThrow(
    new TempocodeError('option', message),
  )
})
