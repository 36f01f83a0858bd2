import { createHash } from 'node:crypto'
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

test('the initial weights of a seed are the same for ever', () => {
  const digest = createHash('sha256')
  const model = lstmAutoencoder({ window: 24, columns: 3, units: [8, 5], activation: 'relu', seed: 7 })
  for (const weight of model.weights) {
    digest.update(weight.originalName)
    digest.update(weight.read().dataSync() as Float32Array)
  }
  expect(digest.digest('hex')).toBe('c981a47488290c72b808b5ce49cf3b93a978a07dc3d877da85d415faf07082d3')
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

const layersOf = (model: tf.LayersModel) =>
  model.layers.map((layer) => {
    const inputs = [layer.input].flat().map(({ sourceLayer }) => sourceLayer.name)
    return [layer.name, layer.getClassName(), inputs.join(' ')]
  })

test('decoders may start from the encoder’s state', () => {
  const model = lstmAutoencoder({
    window: 5,
    columns: 2,
    units: [4, 3],
    decoderState: true,
    activation: 'relu',
  })
  expect(layersOf(model).slice(2)).toEqual([
    ['encoder_2', 'LSTM', 'encoder_1'],
    ['repeat', 'RepeatVector', 'encoder_2'],
    ['decoder_1', 'LSTMFromState', 'repeat encoder_2 encoder_2'],
    ['decoder_2', 'LSTM', 'decoder_1'],
    ['reconstruction', 'TimeDistributed', 'decoder_2'],
  ])
  const [, h, c] = model.getLayer('decoder_1').input as tf.SymbolicTensor[]
  expect([h.tensorIndex, c.tensorIndex]).toEqual([0, 2])
  const { units, activation } = model.getLayer('decoder_1').getConfig()
  expect([units, activation]).toEqual([3, 'relu'])
})

test('conditional decoders take the place of repeated codes', () => {
  const options = { window: 5, columns: 2, units: [4], heads: ['reconstruction', 'prediction'] as const }
  const model = lstmAutoencoder({
    ...options,
    horizon: 3,
    conditional: true,
    reversed: true,
    activation: 'relu',
  })
  expect(layersOf(model).slice(1)).toEqual([
    ['encoder_1', 'LSTM', 'window'],
    ['reconstruction_reversed', 'ConditionalDecoder', 'encoder_1 encoder_1'],
    ['reconstruction', 'ReverseTime', 'reconstruction_reversed'],
    ['prediction', 'ConditionalDecoder', 'encoder_1 encoder_1'],
  ])
  expect(model.outputs.map(({ shape }) => shape)).toEqual([
    [null, 5, 2],
    [null, 3, 2],
  ])
  const [h, c] = model.getLayer('prediction').input as tf.SymbolicTensor[]
  expect([h.tensorIndex, c.tensorIndex]).toEqual([0, 2])
  expect(model.getLayer('prediction').getConfig().activation).toBe('relu')
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
    'lstmAutoencoder: option "unit" is unknown; use window, columns, units, activation, heads, horizon, ' +
      'reversed, bidirectional, dropout, l1, masked, seed, decoderState, conditional',
  ],
  [
    { window: 3, columns: 1, conditional: true },
    'conditional needs units of one layer, such as [32]; units is [64, 32]',
  ],
  [
    { window: 3, columns: 1, units: [4], conditional: true, decoderState: true },
    'conditional decoders start from the state anyway; leave decoderState out',
  ],
  [
    { window: 3, columns: 1, units: [4], decoderState: true, bidirectional: true },
    'decoderState is not possible where bidirectional is true: decoders would start from two states',
  ],
])('%j is refused', (options, message) => {
  expect(() => lstmAutoencoder(options as LstmAutoencoderOptions)).toThrow(
    new TempocodeError('option', message),
  )
})
