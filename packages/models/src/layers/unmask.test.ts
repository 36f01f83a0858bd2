import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { predictAll, randomize, reload } from '../testing/tensors.js'
import { Unmask } from './unmask.js'

test('what comes after it is computed at every step, also after save and load', async () => {
  const input = tf.input({ shape: [3, 1] })
  const code = tf.layers.lstm({ units: 2 }).apply(tf.layers.masking({ maskValue: -9 }).apply(input))
  const open = new Unmask().apply(code)
  const decoder = tf.layers.lstm({ name: 'decoder', units: 2, returnSequences: true })
  const steps = decoder.apply(tf.layers.repeatVector({ n: 4 }).apply(open)) // more steps than the mask has
  const outputs = [code, open, steps] as tf.SymbolicTensor[]
  const model = randomize(tf.model({ inputs: input, outputs }), 1)

  const batch = tf.tensor3d([[[1], [-9], [-9]]])
  const [before, after, generated] = predictAll(model, batch)
  expect(after).toEqual(before)
  const repeated = tf.tensor2d([after]).expandDims(1).tile([1, 4, 1])
  expect(generated).toEqual([...(decoder.apply(repeated) as tf.Tensor).dataSync()])
  expect(predictAll(await reload(model), batch)).toEqual([before, after, generated])
})
