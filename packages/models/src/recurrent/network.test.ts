import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { encoderOf } from '../encoder-of.js'
import { lstmAutoencoder } from '../lstm-autoencoder.js'
import { MASK_VALUE } from '../masking.js'
import { normal, predict } from '../testing/tensors.js'
import type { RecurrentOptions } from './options.js'

const size = { window: 5, columns: 2 }
const both = ['reconstruction', 'prediction'] as const
const build = (options: Partial<RecurrentOptions>) => lstmAutoencoder({ ...size, units: [4, 3], ...options })
const layersOf = (model: tf.LayersModel) =>
  model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape])

test('composite: two decoders of one code', () => {
  const model = build({ heads: both, horizon: 7 })
  expect(model.outputs.map(({ sourceLayer, shape }) => [sourceLayer.name, shape])).toEqual([
    ['reconstruction', [null, 5, 2]],
    ['prediction', [null, 7, 2]],
  ])
  const predictor = layersOf(model).filter(([name]) => String(name).startsWith('predict'))
  expect(predictor).toEqual([
    ['predictor_repeat', 'RepeatVector', [null, 7, 3]],
    ['predictor_1', 'LSTM', [null, 7, 3]],
    ['predictor_2', 'LSTM', [null, 7, 4]],
    ['prediction', 'TimeDistributed', [null, 7, 2]],
  ])
  expect(model.getLayer('predictor_repeat').input).toBe(model.getLayer('repeat').input)
})

test('the outputs are in the order of the heads', () => {
  const model = build({ heads: ['prediction', 'reconstruction'], horizon: 'shifted' })
  expect(model.outputs.map(({ sourceLayer, shape }) => [sourceLayer.name, shape])).toEqual([
    ['shifted_prediction', [null, 4, 2]],
    ['reconstruction', [null, 5, 2]],
  ])
})

test('a window generated backwards is turned round', () => {
  const [forward, backward] = [build({}), build({ reversed: true })]
  expect(layersOf(backward).slice(-2)).toEqual([
    ['reconstruction_reversed', 'TimeDistributed', [null, 5, 2]],
    ['reconstruction', 'ReverseTime', [null, 5, 2]],
  ])
  backward.setWeights(forward.getWeights())
  const windows = normal([3, 5, 2], 1)
  const turned = predict<number[][][]>(backward, windows).map((rows) => rows.toReversed())
  expect(turned).toEqual(predict(forward, windows))
})

test('both directions of a bidirectional encoder have half of the units', () => {
  const model = build({ units: [6, 4], bidirectional: true })
  expect(layersOf(model).slice(1, 5)).toEqual([
    ['encoder_1', 'Bidirectional', [null, 5, 6]],
    ['encoder_2', 'Bidirectional', [null, 4]],
    ['repeat', 'RepeatVector', [null, 5, 4]],
    ['decoder_1', 'LSTM', [null, 5, 4]],
  ])
  expect(model.getLayer('encoder_1').weights.map(({ originalName, shape }) => [originalName, shape])).toEqual(
    [
      ['encoder_1/forward_layer/kernel', [2, 12]],
      ['encoder_1/forward_layer/recurrent_kernel', [3, 12]],
      ['encoder_1/forward_layer/bias', [12]],
      ['encoder_1/backward_layer/kernel', [2, 12]],
      ['encoder_1/backward_layer/recurrent_kernel', [3, 12]],
      ['encoder_1/backward_layer/bias', [12]],
    ],
  )
})

test('padding, dropout and a sparse code have layers of their own', () => {
  const model = build({ units: [4, 3, 2], masked: true, dropout: 0.2, l1: 1e-3 })
  expect(layersOf(model).slice(0, 10)).toEqual([
    ['window', 'InputLayer', [null, 5, 2]],
    ['masking', 'Masking', [null, 5, 2]],
    ['encoder_1', 'LSTM', [null, 5, 4]],
    ['dropout_1', 'Dropout', [null, 5, 4]],
    ['encoder_2', 'LSTM', [null, 5, 3]],
    ['dropout_2', 'Dropout', [null, 5, 3]],
    ['encoder_3', 'LSTM', [null, 2]],
    ['code', 'ActivityRegularization', [null, 2]],
    ['unmask', 'Unmask', [null, 2]],
    ['repeat', 'RepeatVector', [null, 5, 2]],
  ])
  expect(model.getLayer('masking').getConfig().maskValue).toBe(MASK_VALUE)
  expect(model.getLayer('dropout_2').getConfig().rate).toBe(0.2)
  expect(model.getLayer('code').getConfig().l1).toBe(1e-3)
  expect(encoderOf(model).outputs[0].sourceLayer.name).toBe('code')
})

test.each([
  [{ heads: [] }, 'heads [] is not allowed; use reconstruction, prediction or both'],
  [
    { heads: ['prediction', 'prediction'], horizon: 1 },
    'heads ["prediction","prediction"] is not allowed; use reconstruction, prediction or both',
  ],
  [{ heads: ['code'] }, 'heads ["code"] is not allowed; use reconstruction, prediction or both'],
  [
    { heads: ['prediction'] },
    'the head prediction needs horizon: a whole number of rows after the window, or "shifted" for the window shifted ' +
      'by one row',
  ],
  [{ horizon: 3 }, 'horizon 3 is for the head prediction, which heads does not name'],
  [{ heads: both, horizon: 0 }, 'horizon 0 is not allowed; use a whole number above 0'],
  [
    { heads: both, horizon: 'shifted', window: 1 },
    'horizon "shifted" is not allowed with window 1; use a window of at least 2 rows',
  ],
  [
    { heads: ['prediction'], horizon: 2, reversed: true },
    'reversed is for the head reconstruction, which heads does not name',
  ],
  [
    { bidirectional: true },
    'units 3 is not allowed where bidirectional is true; use an even number, half of it for each direction',
  ],
  [{ masked: 1 }, 'masked 1 is not allowed; use true or false'],
  [{ dropout: Number.NaN }, 'dropout null is not allowed; use a number of at least 0 and below 1'],
  [{ seed: 0.5 }, 'seed 0.5 is not allowed; use a whole number'],
])('%j is refused', (options, message) => {
  expect(() => build(options as Partial<RecurrentOptions>)).toThrow(new TempocodeError('option', message))
})
