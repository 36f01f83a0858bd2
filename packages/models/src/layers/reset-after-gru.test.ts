import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { type Matrix, plus, sigmoid, times, type Vector } from '../testing/plain.js'
import { difference, normal, predict, randomize, reload, weightsOf } from '../testing/tensors.js'
import { ResetAfterGru, type ResetAfterGruArgs } from './reset-after-gru.js'

type Weights = [Matrix, Matrix, [Vector, Vector] | undefined]

const gru = (args: Partial<ResetAfterGruArgs> = {}) => new ResetAfterGru({ name: 'gru', units: 3, ...args })

const modelOf = (layer: tf.layers.Layer) => {
  const input = tf.input({ shape: [5, 2] })
  return randomize(tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor }), 1)
}

/** The outputs of one sequence. */
function outputs([kernel, recurrentKernel, bias]: Weights, sequence: Matrix, activate = Math.tanh): Matrix {
  let h = [0, 0, 0]
  const zeros = Array.from({ length: 9 }, () => 0)
  return sequence.map((x) => {
    const fromInput = plus(times(x, kernel), bias?.[0] ?? zeros)
    const fromState = plus(times(h, recurrentKernel), bias?.[1] ?? zeros)
    h = h.map((value, k) => {
      const z = sigmoid(fromInput[k] + fromState[k])
      const r = sigmoid(fromInput[3 + k] + fromState[3 + k])
      return z * value + (1 - z) * activate(fromInput[6 + k] + r * fromState[6 + k])
    })
    return h
  })
}

const batch = normal([2, 5, 2], 9)
const sequences = batch.arraySync() as Matrix[]

test.each([true, false])('as Keras computes it, bias %j', (useBias) => {
  const model = modelOf(gru({ useBias, returnSequences: true }))
  const weights = weightsOf<Weights>(model.getLayer('gru'))
  const expected = sequences.map((sequence) => outputs(weights, sequence))
  expect(difference(predict(model, batch), expected)).toBeLessThan(1e-6)
})

test('its last output, relu', () => {
  const model = modelOf(gru({ activation: 'relu' }))
  const weights = weightsOf<Weights>(model.getLayer('gru'))
  const expected = sequences.map((sequence) => outputs(weights, sequence, (x) => Math.max(0, x)).at(-1))
  expect(difference(predict(model, batch), expected)).toBeLessThan(1e-6)
})

test('going backwards, it reads the last step first', () => {
  const model = modelOf(gru({ goBackwards: true }))
  const weights = weightsOf<Weights>(model.getLayer('gru'))
  const expected = sequences.map((sequence) => outputs(weights, sequence.toReversed()).at(-1))
  expect(difference(predict(model, batch), expected)).toBeLessThan(1e-6)
})

test('within a bidirectional layer, each direction with weights of its own', () => {
  const layer = tf.layers.bidirectional({ layer: gru({ returnSequences: true }), mergeMode: 'concat' })
  const model = modelOf(layer)
  const weights = weightsOf<Weights[number][]>(layer)
  const [forward, backward] = [weights.slice(0, 3), weights.slice(3)] as Weights[]
  const expected = sequences.map((sequence) => {
    const back = outputs(backward, sequence.toReversed()).toReversed()
    return outputs(forward, sequence).map((row, t) => [...row, ...back[t]])
  })
  expect(difference(predict(model, batch), expected)).toBeLessThan(1e-6)
})

test('a masked step leaves the state as it was', () => {
  const masked = tf.sequential({ layers: [tf.layers.masking({ maskValue: -9, inputShape: [5, 2] }), gru()] })
  randomize(masked, 1)
  const weights = weightsOf<Weights>(masked.getLayer('gru'))
  const padded = sequences.map((sequence) => sequence.map((row, t) => (t === 1 || t === 4 ? [-9, -9] : row)))
  const expected = sequences.map((sequence) =>
    outputs(
      weights,
      [0, 2, 3].map((t) => sequence[t]),
    ).at(-1),
  )
  expect(difference(predict(masked, tf.tensor3d(padded)), expected)).toBeLessThan(1e-6)
})

test('loaded ones give the same bits, alone and bidirectional', async () => {
  const alone = modelOf(gru({ activation: 'relu', recurrentActivation: 'hardSigmoid', goBackwards: true }))
  const both = modelOf(tf.layers.bidirectional({ layer: gru(), mergeMode: 'concat' }))
  for (const model of [alone, both]) {
    expect(predict(await reload(model), batch)).toEqual(predict(model, batch))
  }
})

test('its weights and options are those of Keras', () => {
  const layer = gru()
  const weights = modelOf(layer).weights.map(({ originalName, shape }) => [originalName, shape])
  expect(weights).toEqual([
    ['gru/kernel', [2, 9]],
    ['gru/recurrent_kernel', [3, 9]],
    ['gru/bias', [2, 9]],
  ])
  const { activation, recurrentActivation, resetAfter } = layer.getConfig()
  expect({ activation, recurrentActivation, resetAfter }).toEqual({
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    resetAfter: true,
  })
})

test('dropout within it is refused', () => {
  expect(() => gru({ recurrentDropout: 0.1 })).toThrow(TempocodeError)
})
