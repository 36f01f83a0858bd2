import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { predict, reload } from '../testing/tensors.js'
import { ReverseTime } from './reverse-time.js'

test('the last step comes first, also after save and load', async () => {
  const input = tf.input({ shape: [3, 2] })
  const model = tf.model({ inputs: input, outputs: new ReverseTime().apply(input) as tf.SymbolicTensor })
  expect(model.outputs[0].shape).toEqual([null, 3, 2])
  const batch = tf.tensor3d([
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [
      [7, 8],
      [9, 10],
      [11, 12],
    ],
  ])
  const turned = [
    [
      [5, 6],
      [3, 4],
      [1, 2],
    ],
    [
      [11, 12],
      [9, 10],
      [7, 8],
    ],
  ]
  expect(predict(model, batch)).toEqual(turned)
  expect(predict(await reload(model), batch)).toEqual(turned)
})
