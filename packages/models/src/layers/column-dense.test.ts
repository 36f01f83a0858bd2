import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { difference, normal, predict, randomize, reload, weightsOf } from '../testing/tensors.js'
import { ColumnDense } from './column-dense.js'

test('each column has weights of its own, also after save and load', async () => {
  const input = tf.input({ shape: [4, 3] })
  const layer = new ColumnDense({ units: 2 })
  const model = randomize(tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor }), 1)
  expect(model.outputs[0].shape).toEqual([null, 2, 3])
  const [kernel, bias] = weightsOf<[number[][][], number[][]]>(layer)
  const windows = normal([5, 4, 3], 2)
  const expected = (windows.arraySync() as number[][][]).map((rows) =>
    [0, 1].map((unit) =>
      [0, 1, 2].map((c) => rows.reduce((sum, row, t) => sum + row[c] * kernel[c][t][unit], bias[c][unit])),
    ),
  )
  const given = predict(model, windows)
  expect(difference(given, expected)).toBeLessThan(1e-6)
  expect(predict(await reload(model), windows)).toEqual(given)
})

test.each([0, 1.5, 'two'])('units %j are refused', (units) => {
  expect(() => new ColumnDense({ units: units as number })).toThrow(TempocodeError)
})
