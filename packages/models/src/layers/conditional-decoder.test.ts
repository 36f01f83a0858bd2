import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type Matrix, plus, sigmoid, times, type Vector } from '../testing/plain.js'
import { difference, normal, predict, randomize, reload, weightsOf } from '../testing/tensors.js'
import { ConditionalDecoder, type ConditionalDecoderArgs } from './conditional-decoder.js'

const build = (args: Partial<ConditionalDecoderArgs> = {}) => {
  const inputs = ['h', 'c'].map((name) => tf.input({ name, shape: [3] }))
  const layer = new ConditionalDecoder({ name: 'decoder', units: 3, steps: 4, columns: 2, ...args })
  return randomize(tf.model({ inputs, outputs: layer.apply(inputs) as tf.SymbolicTensor }), 1)
}

/** The rows generated from one state. */
function generate(
  weights: [Matrix, Matrix, Vector, Matrix, Vector],
  h: Vector,
  c: Vector,
  relu: boolean,
): Matrix {
  const [kernel, recurrentKernel, bias, denseKernel, denseBias] = weights
  const activate = relu ? (x: number) => Math.max(0, x) : Math.tanh
  let y = plus(times(h, denseKernel), denseBias)
  return Array.from({ length: 4 }, () => {
    const z = plus(times(y, kernel), times(h, recurrentKernel), bias)
    const [i, f, g, o] = [0, 3, 6, 9].map((from) => z.slice(from, from + 3))
    c = c.map((value, k) => sigmoid(f[k]) * value + sigmoid(i[k]) * activate(g[k]))
    h = c.map((value, k) => sigmoid(o[k]) * activate(value))
    y = plus(times(h, denseKernel), denseBias)
    return y
  })
}

test.each(['tanh', 'relu'] as const)('an LSTM fed its own last row, %s', (activation) => {
  const model = build({ activation })
  const state = [normal([2, 3], 5), normal([2, 3], 6)]
  const [h, c] = state.map((tensor) => tensor.arraySync() as Matrix)
  const weights = weightsOf<[Matrix, Matrix, Vector, Matrix, Vector]>(model.getLayer('decoder'))
  const rows = h.map((_, k) => generate(weights, h[k], c[k], activation === 'relu'))
  expect(model.outputs[0].shape).toEqual([null, 4, 2])
  expect(difference(predict(model, state), rows)).toBeLessThan(1e-6)
})

test('a loaded one gives the same bits', async () => {
  const model = build({ activation: 'relu', recurrentActivation: 'hardSigmoid' })
  const state = [normal([2, 3], 5), normal([2, 3], 6)]
  expect(predict(await reload(model), state)).toEqual(predict(model, state))
})

test('its weights are named and ordered for whoever reads them', () => {
  const weights = build().weights.map(({ originalName, shape }) => [originalName, shape])
  expect(weights).toEqual([
    ['decoder/kernel', [2, 12]],
    ['decoder/recurrent_kernel', [3, 12]],
    ['decoder/bias', [12]],
    ['decoder/dense_kernel', [3, 2]],
    ['decoder/dense_bias', [2]],
  ])
})

test.each([
  [{ steps: 0 }, 'steps 0 is not allowed; use a whole number above 0'],
  [
    { activation: 'gelu' },
    'activation "gelu" is unknown; use linear or relu or tanh or sigmoid or hardSigmoid',
  ],
])('%j is refused', (args, message) => {
  expect(() => build(args as Partial<ConditionalDecoderArgs>)).toThrow(new TempocodeError('option', message))
})
