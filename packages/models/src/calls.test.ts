import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { callsOf } from './calls.js'
import { chain, twoHeads } from './testing/networks.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

test('calls stand in the order of the model’s layers', () => {
  const model = twoHeads()
  const names = (layers: tf.layers.Layer[]) => layers.map(({ name }) => name)
  expect(names(callsOf(model).map(({ layer }) => layer))).toEqual(names(model.layers))
})

test('several tensors from one call count as one source', () => {
  const decoder = callsOf(twoHeads()).find((call) => call.layer.name === 'predictor_1')
  expect(decoder?.inputs.map((input) => input.shape)).toEqual([
    [null, 3, 4],
    [null, 4],
    [null, 4],
  ])
  expect(decoder?.from.map((call) => call.layer.name)).toEqual(['predictor_repeat', 'encoder_2'])
})

test('a layer that is applied twice has two calls, and what other models make of it none', () => {
  const shared = tf.layers.dense({ name: 'shared', units: 3 })
  const between = tf.layers.dense({ name: 'between', units: 3 })
  const input = tf.input({ name: 'rows', shape: [3] })
  const model = tf.model({ inputs: input, outputs: chain(input, shared, between, shared) })
  chain(tf.input({ name: 'elsewhere', shape: [3] }), shared)

  const calls = callsOf(model)
  expect(calls.map((call) => call.layer.name)).toEqual(['rows', 'shared', 'between', 'shared'])
  expect(calls.map((call) => call.from)).toEqual([[], [calls[0]], [calls[1]], [calls[2]]])
  const first = tf.model({ inputs: input, outputs: shared.getOutputAt(0) as tf.SymbolicTensor })
  expect(callsOf(first).length).toBe(2)
})

test('a model without layers is refused', () => {
  expect(() => callsOf(tf.sequential({ name: 'empty' }))).toThrow(
    'model empty has no outputs; add layers to it first',
  )
})
