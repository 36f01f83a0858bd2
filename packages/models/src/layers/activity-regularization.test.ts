import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { predict, reload } from '../testing/tensors.js'
import { ActivityRegularization } from './activity-regularization.js'

test('gives what it gets and keeps its penalty through save and load', async () => {
  const input = tf.input({ shape: [2] })
  const layer = new ActivityRegularization({ name: 'code', l1: 1e-3 })
  const loaded = await reload(tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor }))
  expect(predict(loaded, tf.tensor2d([[1, -2]]))).toEqual([[1, -2]])
  expect((loaded.getLayer('code') as ActivityRegularization).l1).toBe(1e-3)
})

test.each([-1, Number.NaN, 'much'])('a penalty of %j is refused', (l1) => {
  expect(() => new ActivityRegularization({ l1: l1 as number })).toThrow(TempocodeError)
})
