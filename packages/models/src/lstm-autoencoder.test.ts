import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { encoderOf } from './encoder-of.js'
import { type LstmAutoencoderOptions, lstmAutoencoder } from './lstm-autoencoder.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()])

test('encoder, repeat, mirrored decoder, dense at every step', () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [4, 3] })
  const layers = model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape])
  expect(layers).toEqual([
    ['window', 'InputLayer', [null, 5, 2]],
    ['encoder_1', 'LSTM', [null, 5, 4]],
    ['encoder_2', 'LSTM', [null, 3]],
    ['repeat', 'RepeatVector', [null, 5, 3]],
    ['decoder_1', 'LSTM', [null, 5, 3]],
    ['decoder_2', 'LSTM', [null, 5, 4]],
    ['reconstruction', 'TimeDistributed', [null, 5, 2]],
  ])
  const config = model.getLayer('encoder_1').getConfig()
  expect([config.activation, config.recurrentActivation]).toEqual(['tanh', 'sigmoid'])
})

test('the encoder ends at the code and shares the weights', () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [4, 3], activation: 'relu' })
  const encoder = encoderOf(model)
  expect(encoder.outputs[0].shape).toEqual([null, 3])
  expect(encoder.getLayer('encoder_2').getConfig().activation).toBe('relu')
  expect(encoder.weights.map((weight) => weight.id)).toEqual(
    model.weights.slice(0, 6).map((weight) => weight.id),
  )
})

test('a model without a code cannot be cut', () => {
  const dense = tf.sequential({ layers: [tf.layers.dense({ name: 'only', units: 1, inputShape: [2] })] })
  expect(() => encoderOf(dense)).toThrow(/no RepeatVector layer.*only/)
})

test('the seed fixes every weight, and each weight is its own', () => {
  const build = (seed: number) => weightsOf(lstmAutoencoder({ window: 3, columns: 2, units: [4], seed }))
  expect(build(7)).toEqual(build(7))
  const [one, other] = [build(7), build(8)]
  const differ = one.map((weight, i) => weight.some((value, k) => value !== other[i][k]))
  // kernel, recurrent kernel and bias of two LSTMs, then of the Dense: only the biases are equal
  expect(differ).toEqual([true, true, false, true, true, false, true, false])
  expect(one[2]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(one[7]).toEqual([0, 0])
})

test('a saved model says which initialisers it had and loads in plain tfjs', async () => {
  const model = lstmAutoencoder({ window: 3, columns: 2, units: [4] })
  const kept: tf.io.ModelArtifacts[] = []
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      kept.push(artifacts)
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
    }),
  )
  expect(JSON.stringify(kept[0].modelTopology)).toContain(
    '"recurrent_initializer":{"class_name":"Orthogonal"',
  )
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(kept[0]))
  expect(weightsOf(loaded)).toEqual(weightsOf(model))
})

test('a deep network is built in a moment', () => {
  const model = lstmAutoencoder({ window: 48, columns: 8, units: [512, 256, 128] })
  expect(model.countParams()).toBe(4_156_424)
})

test.each([
  [{ window: 0, columns: 1 }, 'window 0 is not allowed; use a whole number above 0'],
  [{ window: 3, columns: 1.5 }, 'columns 1.5 is not allowed; use a whole number above 0'],
  [
    { window: 3, columns: 1, units: [] },
    'the number of layers in units 0 is not allowed; use a whole number above 0',
  ],
  [{ window: 3, columns: 1, units: [4, -1] }, 'units -1 is not allowed; use a whole number above 0'],
  [{ window: 3, columns: 1, activation: 'gelu' }, 'activation "gelu" is unknown; use tanh or relu'],
  [
    { window: 3, columns: 1, unit: [4] },
    'lstmAutoencoder: option "unit" is unknown; use window, columns, units, activation, seed',
  ],
])('%j is refused', (options, message) => {
  expect(() => lstmAutoencoder(options as LstmAutoencoderOptions)).toThrow(
    new TempocodeError('option', message),
  )
})
