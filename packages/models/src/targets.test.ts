import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { targetsOf } from './targets.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

/** A network of a window of 4 rows and 2 columns, and an output for each name and number of steps. */
function modelOf(outputs: [string, number][], columns = 2): tf.LayersModel {
  const input = tf.input({ shape: [4, 2] })
  const flat = tf.layers.flatten().apply(input)
  const heads = outputs.map(([name, steps]) => {
    const dense = tf.layers.dense({ units: steps * columns }).apply(flat)
    return tf.layers.reshape({ name, targetShape: [steps, columns] }).apply(dense) as tf.SymbolicTensor
  })
  return tf.model({ name: 'net', inputs: input, outputs: heads })
}

const columns = 2

test('the names of the outputs say which rows they should equal', () => {
  expect(
    targetsOf(
      modelOf([
        ['prediction', 3],
        ['reconstruction', 4],
        ['shifted_prediction', 3],
      ]),
    ),
  ).toEqual([
    { output: 'prediction', offset: 4, steps: 3, columns },
    { output: 'reconstruction', offset: 0, steps: 4, columns },
    { output: 'shifted_prediction', offset: 1, steps: 3, columns },
  ])
})

test('predictions and their quantiles may be of the first columns alone', () => {
  const outputs: [string, number][] = [
    ['prediction', 3],
    ['quantile_2.5', 3],
    ['quantile_50', 2],
  ]
  expect(targetsOf(modelOf(outputs, 1))).toEqual([
    { output: 'prediction', offset: 4, steps: 3, columns: 1 },
    { output: 'quantile_2.5', offset: 4, steps: 3, columns: 1, quantile: 0.025 },
    { output: 'quantile_50', offset: 4, steps: 2, columns: 1, quantile: 0.5 },
  ])
})

test('an only output of the input’s shape is a reconstruction', () => {
  expect(targetsOf(modelOf([['rows', 4]]))).toEqual([{ output: 'rows', offset: 0, steps: 4, columns }])
})

test.each([
  [
    modelOf([['rows', 3]]),
    'model net: output rows [batch, 3, 2] should have 4 steps, as its window has 4 rows',
  ],
  [
    modelOf([['shifted_prediction', 4]]),
    'model net: output shifted_prediction [batch, 4, 2] should have 3 steps, as its window has 4 rows',
  ],
  [
    modelOf([
      ['reconstruction', 4],
      ['rows', 4],
    ]),
    'model net: output rows [batch, 4, 2] has a name that says nothing; use reconstruction (the window), prediction ' +
      '(the rows after it), quantile_5 (the quantile 5 % of those) or shifted_prediction (the window shifted by one row)',
  ],
  ...['prediction', 'quantile_5'].map((name): [tf.LayersModel, string] => [
    modelOf([[name, 2]], 3),
    `model net: output ${name} [batch, 2, 3] is not [batch, steps, columns] of at most 2 columns, the first of those ` +
      'that the model takes',
  ]),
  [
    modelOf([['reconstruction', 4]], 1),
    'model net: output reconstruction [batch, 4, 1] is not [batch, steps, 2], rows of the 2 columns that the model takes',
  ],
  ...['quantile_0', 'quantile_100', 'quantile_', 'quantile_-5', 'quantile_5th'].map(
    (name): [tf.LayersModel, string] => [
      modelOf([[name, 3]]),
      `model net: output ${name} [batch, 3, 2] should have 4 steps, as its window has 4 rows`,
    ],
  ),
  [
    tf.sequential({ name: 'flat', layers: [tf.layers.dense({ units: 2, inputShape: [2] })] }),
    'model flat takes [batch, 2]; its only input must be [batch, window, columns]',
  ],
])('%#: refused', (model, message) => {
  expect(() => targetsOf(model)).toThrow(expect.objectContaining({ code: 'model', message }))
})
