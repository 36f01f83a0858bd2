import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { encoderOf } from './encoder-of.js'
import { gruAutoencoder } from './gru-autoencoder.js'
import { lstmAutoencoder } from './lstm-autoencoder.js'
import { isMasked, MASK_VALUE } from './masking.js'
import type { RecurrentOptions } from './recurrent/options.js'
import { difference, normal, predict, randomize } from './testing/tensors.js'

type Build = (options: RecurrentOptions) => tf.LayersModel

const builders: [string, Build][] = [
  ['lstm', lstmAutoencoder],
  ['lstm, relu', (options) => lstmAutoencoder({ ...options, activation: 'relu' })],
  ['lstm, its state', (options) => lstmAutoencoder({ ...options, decoderState: true })],
  ['lstm, both ways', (options) => lstmAutoencoder({ ...options, bidirectional: true })],
  ['gru', gruAutoencoder],
  ['gru, reset first', (options) => gruAutoencoder({ ...options, resetAfter: false })],
  ['gru, both ways', (options) => gruAutoencoder({ ...options, bidirectional: true })],
]

test.each(builders)('%s: a sequence has the same features alone and in a padded batch', (_, build) => {
  const model = (window: number, masked: boolean) =>
    randomize(encoderOf(build({ window, columns: 2, units: [6, 4], masked })), 1)
  const rows = normal([6, 2], 5)
  const lengths = [1, 2, 4, 6]
  const padded = lengths.map((length) => {
    const padding = tf.fill([6 - length, 2], MASK_VALUE)
    return tf.concat([rows.slice(0, length), padding])
  })
  const together = predict<number[][]>(model(6, true), tf.stack(padded))
  lengths.forEach((length, i) => {
    const alone = predict<number[][]>(model(length, false), rows.slice(0, length).expandDims(0))
    expect(difference(together[i], alone[0])).toBeLessThan(1e-6)
  })
})

test('a row of which one value is the mask’s is no padding', () => {
  const encoder = encoderOf(lstmAutoencoder({ window: 2, columns: 2, units: [3], masked: true }))
  const batch = tf.tensor3d([
    [
      [1, 2],
      [3, MASK_VALUE],
    ],
    [
      [1, 2],
      [MASK_VALUE, MASK_VALUE],
    ],
  ])
  const [some, all] = predict<number[][]>(encoder, batch)
  expect(some).not.toEqual(all)
})

test('a model is masked where it has a Masking layer', () => {
  const options = { window: 2, columns: 1, units: [2] }
  expect(isMasked(lstmAutoencoder(options))).toBe(false)
  expect(isMasked(lstmAutoencoder({ ...options, masked: true }))).toBe(true)
  expect(isMasked(encoderOf(gruAutoencoder({ ...options, masked: true })))).toBe(true)
})
