import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { predict, reload } from '../testing/tensors.js'
import { Crop, type CropArgs } from './crop.js'

function cropOf(args: CropArgs): tf.LayersModel {
  const input = tf.input({ shape: [4, 3] })
  return tf.model({ inputs: input, outputs: new Crop(args).apply(input) as tf.SymbolicTensor })
}

/** Row t of window w has 100 w + 10 t in its first column, and 1 and 2 more in the others. */
const batch = [0, 1].map((w) => [0, 1, 2, 3].map((t) => [0, 1, 2].map((c) => 100 * w + 10 * t + c)))

const CASES: CropArgs[] = [
  {},
  { rows: [1] },
  { rows: [-1] },
  { rows: [0, -1], columns: [1] },
  { rows: [-3, -1], columns: [0, 1] },
  { rows: [2, 3], columns: [-2, 3] },
]

test.each(CASES)('%j takes what Array.slice does, also after save and load', async (args) => {
  const model = cropOf(args)
  const expected = batch.map((rows) =>
    rows.slice(...(args.rows ?? [0])).map((row) => row.slice(...(args.columns ?? [0]))),
  )
  expect(model.outputs[0].shape).toEqual([null, expected[0].length, expected[0][0].length])
  const windows = tf.tensor3d(batch)
  expect(predict(model, windows)).toEqual(expected)
  expect(predict(await reload(model), windows)).toEqual(expected)
})

test.each<[CropArgs, string]>([
  [{ rows: [0, 5] }, 'rows [0, 5] are not there; what it takes has 4 rows'],
  [{ rows: [-5] }, 'rows [-5] are not there; what it takes has 4 rows'],
  [{ columns: [2, 2] }, 'columns [2, 2] are not there; what it takes has 3 columns'],
  [{ columns: [0.5] }, 'columns [0.5] are not there; what it takes has 3 columns'],
])('%j is refused', (args, message) => {
  expect(() => cropOf({ ...args, name: 'part' })).toThrow(
    new TempocodeError('option', `layer part: ${message}`, { layer: 'part' }),
  )
})
