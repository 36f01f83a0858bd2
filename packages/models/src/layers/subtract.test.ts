import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { predict, reload } from '../testing/tensors.js'
import { Crop } from './crop.js'
import { Subtract } from './subtract.js'

test('the last row is taken from each, also after save and load', async () => {
  const input = tf.input({ shape: [3, 2] })
  const last = new Crop({ rows: [-1] }).apply(input) as tf.SymbolicTensor
  const model = tf.model({ inputs: input, outputs: new Subtract().apply([input, last]) as tf.SymbolicTensor })
  expect(model.outputs[0].shape).toEqual([null, 3, 2])
  const windows = tf.tensor3d([
    [
      [1, 10],
      [2, 30],
      [4, 20],
    ],
  ])
  const changes = [
    [
      [-3, -10],
      [-2, 10],
      [0, 0],
    ],
  ]
  expect(predict(model, windows)).toEqual(changes)
  expect(predict(await reload(model), windows)).toEqual(changes)
})

test.each([[[2]], [[2, 2]], [[3, 1, 1]]])('a tensor of the lengths %j does not fit', (shape) => {
  const [a, b] = [tf.input({ shape: [3, 2] }), tf.input({ shape })]
  expect(() => new Subtract({ name: 'changes' }).apply([a, b])).toThrow(
    new TempocodeError(
      'model',
      `layer changes: [${['batch', ...shape].join(', ')}] cannot be subtracted from [batch, 3, 2]`,
      { layer: 'changes' },
    ),
  )
})
