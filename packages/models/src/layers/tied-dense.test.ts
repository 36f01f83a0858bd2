import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type Matrix, plus, times, transpose, type Vector } from '../testing/plain.js'
import { difference, normal, predict, randomize, reload, weightsOf } from '../testing/tensors.js'
import { TiedDense, type TiedDenseArgs } from './tied-dense.js'

const build = (args: Partial<TiedDenseArgs> = {}) => {
  const input = tf.input({ shape: [4] })
  let x = tf.layers.dense({ name: 'encoder_1', units: 3, activation: 'tanh' }).apply(input)
  x = tf.layers.activation({ name: 'between', activation: 'linear' }).apply(x)
  x = new TiedDense({ name: 'decoder_1', tiedTo: 'encoder_1', ...args }).apply(x)
  return randomize(tf.model({ inputs: input, outputs: x as tf.SymbolicTensor }), 1)
}

const batch = normal([5, 4], 2)
const rows = batch.arraySync() as Matrix

/** The output for one row. */
function output(x: Vector, kernel: Matrix, bias: Vector, tiedBias: Vector): Vector {
  const code = plus(times(x, kernel), bias).map(Math.tanh)
  return plus(times(code, transpose(kernel)), tiedBias)
}

const plainOf = (model: tf.LayersModel): [Matrix, Vector, Vector] => [
  ...weightsOf<[Matrix, Vector]>(model.getLayer('encoder_1')),
  ...weightsOf<[Vector]>(model.getLayer('decoder_1')),
]

test.each([
  ['linear', (x: number) => x],
  ['relu', (x: number) => Math.max(0, x)],
  ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
] as const)('the transposed kernel, then a bias of its own, then %s', (activation, activate) => {
  const model = build({ activation })
  const [kernel, bias, tiedBias] = plainOf(model)
  const expected = rows.map((row) => output(row, kernel, bias, tiedBias).map(activate))
  expect(difference(predict(model, batch), expected)).toBeLessThan(1e-6)
})

test('the kernel is counted once, and is the tied layer’s', () => {
  const model = build()
  expect(model.weights.map(({ originalName, shape }) => [originalName, shape])).toEqual([
    ['encoder_1/kernel', [4, 3]],
    ['encoder_1/bias', [3]],
    ['decoder_1/bias', [4]],
  ])
  expect(model.countParams()).toBe(12 + 3 + 4)
  expect(build({ useBias: false }).countParams()).toBe(12 + 3)
  expect((model.getLayer('decoder_1') as TiedDense).tied).toBe(model.getLayer('encoder_1'))
})

test('loaded, it gives the same bits and is still tied', async () => {
  const model = build({ activation: 'sigmoid' })
  const loaded = await reload(model)
  expect(predict(loaded, batch)).toEqual(predict(model, batch))
  expect(loaded.countParams()).toBe(model.countParams())

  const [kernel, bias, tiedBias] = plainOf(loaded)
  const changed = kernel.map((row) => row.map((value) => value + 1))
  loaded.getLayer('encoder_1').setWeights([tf.tensor2d(changed), tf.tensor1d(bias)])
  const expected = rows.map((row) => output(row, changed, bias, tiedBias).map((x) => 1 / (1 + Math.exp(-x))))
  expect(difference(predict(loaded, batch), expected)).toBeLessThan(1e-6)
})

test('the kernel’s gradient is the sum of both uses', () => {
  const model = build()
  const [kernel, bias, tiedBias] = plainOf(model)
  const { grads } = tf.variableGrads(() => (model.apply(batch) as tf.Tensor).square().sum().asScalar())
  const gradient = grads[model.weights[0].name].arraySync() as Matrix
  const loss = (k: Matrix) =>
    rows.flatMap((row) => output(row, k, bias, tiedBias)).reduce((sum, value) => sum + value ** 2, 0)
  const step = 1e-5
  const nudged = (i: number, j: number, by: number) =>
    kernel.map((row, r) => row.map((value, c) => (r === i && c === j ? value + by : value)))
  const differences = kernel.map((row, i) =>
    row.map((_, j) => (loss(nudged(i, j, step)) - loss(nudged(i, j, -step))) / (2 * step)),
  )
  const size = Math.max(...differences.flat().map(Math.abs))
  expect(difference(gradient, differences) / size).toBeLessThan(1e-6)
})

test.each([
  ['encoder_2', 'encoder_2, but the layers before it are between, encoder_1, input'],
  ['between', 'between, but that is a Activation and not a Dense'],
])('tied to %s: refused', (tiedTo, reason) => {
  expect(() => build({ tiedTo })).toThrow(TempocodeError)
  expect(() => build({ tiedTo })).toThrow(reason)
})

test('an input that is not of the tied layer’s units is refused', () => {
  const input = tf.input({ shape: [4] })
  const code = tf.layers.dense({ name: 'encoder_1', units: 3 }).apply(input)
  const wider = tf.layers.dense({ units: 5 }).apply(code)
  expect(() => new TiedDense({ name: 'tied', tiedTo: 'encoder_1' }).apply(wider)).toThrow(
    new TempocodeError(
      'model',
      'layer tied is tied to encoder_1, but its input is [batch, 5] and not [batch, 3]',
      { layer: 'tied' },
    ),
  )
})

test('a layer that is in no network says so', () => {
  expect(() => new TiedDense({ tiedTo: 'encoder_1' }).apply(batch)).toThrow(/not yet applied in a network/)
})
