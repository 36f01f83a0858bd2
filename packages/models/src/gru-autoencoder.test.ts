import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type GruAutoencoderOptions, gruAutoencoder } from './gru-autoencoder.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const size = { window: 5, columns: 2, units: [4, 3] }

test.each([
  [true, 'ResetAfterGRU'],
  [false, 'GRU'],
])('the LSTM autoencoder’s form with GRUs, resetAfter %j', (resetAfter, kind) => {
  const model = gruAutoencoder({ ...size, resetAfter, activation: 'relu' })
  expect(model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape])).toEqual([
    ['window', 'InputLayer', [null, 5, 2]],
    ['encoder_1', kind, [null, 5, 4]],
    ['encoder_2', kind, [null, 3]],
    ['repeat', 'RepeatVector', [null, 5, 3]],
    ['decoder_1', kind, [null, 5, 3]],
    ['decoder_2', kind, [null, 5, 4]],
    ['reconstruction', 'TimeDistributed', [null, 5, 2]],
  ])
  const config = model.getLayer('decoder_2').getConfig()
  expect([config.activation, config.recurrentActivation, config.resetAfter]).toEqual([
    'relu',
    'sigmoid',
    resetAfter,
  ])
})

test('the reset gate acts after the product by default', () => {
  expect(gruAutoencoder(size).getLayer('encoder_1').getClassName()).toBe('ResetAfterGRU')
})

test.each([
  [
    { ...size, decoderState: true },
    'gruAutoencoder: option "decoderState" is unknown; use window, columns, units, activation, heads, horizon, ' +
      'reversed, bidirectional, dropout, l1, masked, seed, resetAfter',
  ],
  [{ ...size, resetAfter: 1 }, 'resetAfter 1 is not allowed; use true or false'],
])('%j is refused', (options, message) => {
  expect(() => gruAutoencoder(options as unknown as GruAutoencoderOptions)).toThrow(
    new TempocodeError('option', message),
  )
})
