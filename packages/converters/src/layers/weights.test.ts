import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gates, type Layout, parametersOf, transposed } from './weights.js'

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
const numbered = (length: number) => Float32Array.from({ length }, (_, i) => i + 1)

test.each<[string, (shape: number[]) => Layout, number]>([
  ['transposed', transposed, 1],
  ['gates', gates, 4],
])('%s: back from the layout is where one was, for kernels and biases', (_, layoutOf, parts) => {
  const length = fc.integer({ min: 1, max: 9 })
  const shapes = fc.oneof(
    fc.tuple(length, length).map(([inputs, units]) => [inputs, parts * units]),
    length.map((units) => [parts * units]),
  )
  fc.assert(
    fc.property(shapes, (shape) => {
      const { shape: stored, fromLayer, toLayer } = layoutOf(shape)
      const values = numbered(count(shape))
      expect(count(stored)).toBe(values.length)
      expect(toLayer(fromLayer(values))).toEqual(values)
      expect(fromLayer(toLayer(values))).toEqual(values)
    }),
    { seed: 0, numRuns: 200 },
  )
})

test('a kernel [inputs, outputs] is stored as [outputs, inputs], a bias as a column', () => {
  const kernel = transposed([2, 3])
  expect(kernel.shape).toEqual([3, 2])
  expect([...kernel.fromLayer(Float32Array.of(1, 2, 3, 10, 20, 30))]).toEqual([1, 10, 2, 20, 3, 30])
  expect(transposed([3]).shape).toEqual([3, 1])
})

test('gates go from input, forget, cell, output to input, output, forget, cell', () => {
  // 2 inputs, 2 units: a row for each input, in it two numbers for each gate
  const kernel = Float32Array.of(11, 12, 21, 22, 31, 32, 41, 42, -11, -12, -21, -22, -31, -32, -41, -42)
  const { shape, fromLayer } = gates([2, 8])
  expect(shape).toEqual([8, 2])
  const [input, output, forget, cell] = [
    [11, -11, 12, -12],
    [41, -41, 42, -42],
    [21, -21, 22, -22],
    [31, -31, 32, -32],
  ]
  expect([...fromLayer(kernel)]).toEqual([...input, ...output, ...forget, ...cell])

  const bias = gates([8])
  expect(bias.shape).toEqual([8, 1])
  expect([...bias.fromLayer(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8))]).toEqual([1, 2, 7, 8, 3, 4, 5, 6])
})

test('a layer’s parameters are read from it and written to it', async () => {
  await tf.setBackend('cpu')
  const layer = tf.layers.dense({ name: 'd', units: 3, inputShape: [2] })
  const model = tf.sequential({ layers: [layer] })
  model.setWeights([tf.tensor([1, 2, 3, 10, 20, 30], [2, 3]), tf.tensor([7, 8, 9])])
  const [kernel, bias] = parametersOf(layer, transposed)
  expect([kernel.name, bias.name]).toEqual(['d/kernel', 'd/bias'])
  expect([...kernel.read()]).toEqual([1, 10, 2, 20, 3, 30])
  expect([...bias.read()]).toEqual([7, 8, 9])
  kernel.write(Float32Array.of(1, 2, 3, 4, 5, 6))
  const after = tf.memory().numTensors
  kernel.write(Float32Array.of(1, 2, 3, 4, 5, 6))
  expect([...layer.getWeights()[0].dataSync()]).toEqual([1, 3, 5, 2, 4, 6])
  expect(tf.memory().numTensors).toBe(after)
})
