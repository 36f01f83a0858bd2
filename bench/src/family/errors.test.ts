import { useFastTfjs } from '@tempocode/trainer/node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { errorsOf } from './errors.js'

beforeAll(useFastTfjs)

const rows = { values: Float32Array.of(1, 2, 3, 4, 5, 6), columns: 1, starts: Int32Array.of(0, 2) }

/** Gives the window itself, and twice its last row for the row after it. */
function model(): tf.LayersModel {
  const input = tf.input({ shape: [2, 1] })
  const reconstruction = tf.layers.activation({ name: 'reconstruction', activation: 'linear' }).apply(input)
  const flat = tf.layers.flatten().apply(input)
  const last = tf.layers.dense({ units: 1, useBias: false, weights: [tf.tensor2d([[0], [2]])] }).apply(flat)
  const prediction = tf.layers.reshape({ name: 'prediction', targetShape: [1, 1] }).apply(last)
  return tf.model({ inputs: input, outputs: [reconstruction, prediction] as tf.SymbolicTensor[] })
}

test('each output is compared with its own rows', () => {
  // Windows [1, 2] and [3, 4]: predictions 4 and 8 for 3 and 5.
  expect(errorsOf(model(), rows)).toEqual({ reconstruction: 0, prediction: (1 + 9) / 2 })
})

test('hidden values are 0 for the network, and they alone are judged', () => {
  const hidden = Uint8Array.of(0, 1, 1, 0)
  expect(errorsOf(model(), rows, hidden).reconstruction).toBe((2 ** 2 + 3 ** 2) / 2)
})
