import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { TiedDense } from './layers/tied-dense.js'
import { lstmAutoencoder } from './lstm-autoencoder.js'
import { summary } from './summary.js'
import { chain, twoHeads } from './testing/networks.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const { dense, flatten } = tf.layers

test('an autoencoder as a table', () => {
  const model = lstmAutoencoder({ window: 24, columns: 2, units: [64, 32] })
  expect(summary(model).split('\n')).toEqual([
    'lstm_autoencoder',
    '#  layer                                    output           weights',
    '0  window (InputLayer)                      [batch, 24, 2]         0',
    '1  encoder_1 (LSTM)                         [batch, 24, 64]   17,152',
    '2  encoder_2 (LSTM)                         [batch, 32]       12,416  ← code',
    '3  repeat (RepeatVector)                    [batch, 24, 32]        0',
    '4  decoder_1 (LSTM)                         [batch, 24, 32]    8,320',
    '5  decoder_2 (LSTM)                         [batch, 24, 64]   24,832',
    '6  reconstruction (TimeDistributed(Dense))  [batch, 24, 2]       130',
    'weights: 62,850   trainable: 62,850   bytes: 251,400',
  ])
})

test('connections are named where they do not come from the layer above', () => {
  const lines = summary(twoHeads()).split('\n')
  const rows = lines.slice(2, -1).map((line) => line.split(/ {2,}/))
  expect(rows.map(([, layer, output, , ...notes]) => [layer, output, ...notes])).toEqual([
    ['window (InputLayer)', '[batch, 6, 2]'],
    ['encoder_1 (Bidirectional(LSTM))', '[batch, 6, 6]'],
    ['encoder_2 (LSTM)', '[batch, 4], [batch, 4], [batch, 4]', '← code'],
    ['repeat (RepeatVector)', '[batch, 6, 4]'],
    ['predictor_repeat (RepeatVector)', '[batch, 3, 4]', 'from encoder_2'],
    ['decoder_1 (LSTM)', '[batch, 6, 4]', 'from repeat, encoder_2'],
    ['predictor_1 (LSTM)', '[batch, 3, 4]', 'from predictor_repeat, encoder_2'],
    ['reconstruction (TimeDistributed(Dense))', '[batch, 6, 2]', 'from decoder_1'],
    ['prediction (TimeDistributed(Dense))', '[batch, 3, 2]', 'from predictor_1'],
  ])
})

test('tied and shared weights are counted once', () => {
  const input = tf.input({ name: 'window', shape: [3, 2] })
  const encoder = dense({ name: 'encoder_1', units: 4 })
  const decoder = new TiedDense({ name: 'decoder_1', tiedTo: 'encoder_1' })
  const square = dense({ name: 'square', units: 6 })
  const x = chain(input, flatten({ name: 'flatten' }), encoder, decoder, square, square)
  const model = tf.model({ name: 'tied', inputs: input, outputs: x })
  expect(summary(model).split('\n').slice(4)).toEqual([
    '2  encoder_1 (Dense)      [batch, 4]          28  ← code',
    '3  decoder_1 (TiedDense)  [batch, 6]           6  kernel of encoder_1',
    '4  square (Dense)         [batch, 6]          42',
    '4  square (Dense)         [batch, 6]           0  weights of square',
    'weights: 76   trainable: 76   bytes: 304',
  ])
})

test('a sequential model does not list its input; what is frozen is not trainable', () => {
  const frozen = dense({ name: 'frozen', units: 3, inputShape: [null, 2], trainable: false })
  const model = tf.sequential({ name: 'plain', layers: [frozen, dense({ name: 'free', units: 1 })] })
  expect(summary(model).split('\n')).toEqual([
    'plain',
    '#  layer                      output         weights',
    '   frozen_input (InputLayer)  [batch, ?, 2]        0',
    '0  frozen (Dense)             [batch, ?, 3]        9',
    '1  free (Dense)               [batch, ?, 1]        4',
    'weights: 13   trainable: 4   bytes: 52',
  ])
})
