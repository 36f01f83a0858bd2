import { ColumnDense, Crop } from '@tempocode/models'
import { inspectModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { toOnnx } from './inference.js'

beforeAll(() => tf.enableProdMode())

type Layers = (input: tf.SymbolicTensor) => tf.SymbolicTensor
const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(x) as tf.SymbolicTensor

const CASES: [string, number | string, Layers][] = [
  ['LSTM', 'time', (x) => x],
  ['Add', 'time', (x) => apply(tf.layers.add(), [x, apply(tf.layers.dense({ units: 2 }), x)])],
  ['Flatten and Reshape', 5, (x) => apply(tf.layers.reshape({ targetShape: [2, 5] }), x)],
  ['Crop', 5, (x) => apply(new Crop({ rows: [-3] }), x)],
  ['ColumnDense', 5, (x) => apply(new ColumnDense({ units: 3 }), x)],
  [
    'Concatenate',
    5,
    (x) => apply(tf.layers.concatenate({ axis: 1 }), [x, apply(tf.layers.dense({ units: 2 }), x)]),
  ],
]

test.each(CASES)('behind %s, a window has so many rows: %s', (_, rows, layers) => {
  const input = tf.input({ shape: [5, 2] })
  const lstm = tf.layers.lstm({ units: 3, recurrentActivation: 'sigmoid' })
  const file = toOnnx(tf.model({ inputs: input, outputs: apply(lstm, layers(input)) }))
  expect(inspectModel(file).inputs).toEqual([{ name: 'input', type: 'float32', dims: ['batch', rows, 2] }])
})
