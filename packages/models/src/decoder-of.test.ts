import type * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { decoderOf } from './decoder-of.js'
import { encoderOf } from './encoder-of.js'
import { lstmAutoencoder } from './lstm-autoencoder.js'
import { stackedAutoencoder } from './stacked-autoencoder.js'
import { normal, predictAll, reload } from './testing/tensors.js'

const size = { window: 5, columns: 2 }

test('all heads, and the very weights of the autoencoder', () => {
  const model = lstmAutoencoder({ ...size, units: [4], heads: ['reconstruction', 'prediction'], horizon: 3 })
  const decoder = decoderOf(model)
  expect(decoder.outputs.map(({ shape }) => shape)).toEqual([
    [null, 5, 2],
    [null, 3, 2],
  ])
  const shared = [...encoderOf(model).weights, ...decoder.weights].map(({ id }) => id)
  expect(shared).toEqual(model.weights.map(({ id }) => id))
})

test('to take the decoder leaves the autoencoder as it was', async () => {
  const model = stackedAutoencoder({ ...size, units: [6, 4] })
  const windows = normal([3, 5, 2], 1)
  const before = predictAll(model, windows)
  decoderOf(model)
  decoderOf(model)
  expect(predictAll(await reload(model), windows)).toEqual(before)
})

test('another layer may be named as the code', () => {
  const model = stackedAutoencoder({ ...size, units: [6, 4] })
  const [encoder, decoder] = [
    encoderOf(model, { code: 'encoder_1' }),
    decoderOf(model, { code: 'encoder_1' }),
  ]
  const windows = normal([3, 5, 2], 1)
  expect(decoder.inputs[0].shape).toEqual([null, 6])
  expect(predictAll(decoder, encoder.predict(windows) as tf.Tensor)).toEqual(predictAll(model, windows))
})

test('a decoder that needs more than the code is refused, with what it needs', () => {
  const model = lstmAutoencoder({ ...size, units: [4], decoderState: true })
  expect(() => decoderOf(model)).toThrow(
    'model lstm_autoencoder has no decoder that needs the code alone (the output of encoder_1): another way from its ' +
      'input to its output is window, encoder_1, decoder_1, reconstruction',
  )
})

test('an unknown option is refused', () => {
  const model = stackedAutoencoder({ ...size, units: [6, 4] })
  expect(() => decoderOf(model, { layer: 'encoder_1' } as object)).toThrow(
    'option "layer" is unknown; use code',
  )
  expect(() => encoderOf(model, { layer: 'encoder_1' } as object)).toThrow(
    'option "layer" is unknown; use code',
  )
  expect(() => encoderOf(model, { code: 'other' })).toThrow('no layer named "other"')
})
