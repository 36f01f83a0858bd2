import { createSession, readModel } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { Graph } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import { add, hardSigmoid, matMul, mul, recurrent, transpose } from '../graph/ops.js'
import { encodeModel } from './encode.js'

/** A graph with a loop and with attributes of every kind. */
function example(float: 'float32' | 'float64' = 'float32') {
  const graph = new Graph('example', float)
  const x = graph.input('x', ['time', 'batch', 2])
  const w = graph.constant([1, 2, 3, 4], [2, 2], 'w')
  const projected = transpose(matMul(x, w), [0, 2, 1])
  const { kept } = scan({ name: 'loop', state: [], sequences: [projected] }, (_, [part]) => ({
    state: [],
    keep: [hardSigmoid(mul(part, 0.1), 0.25, 0.5)],
  }))
  graph.output(add(kept[0], 1), 'y')
  return graph
}
const file = { version: '1.2.3', metadata: { 'tempocode.b': 'β', 'tempocode.a': '1' } }

test('equal graphs give equal bytes', () => {
  expect(encodeModel(example(), file)).toEqual(encodeModel(example(), file))
  expect(encodeModel(example('float64'), file)).not.toEqual(encodeModel(example(), file))
})

test('the runtime’s reader reads what is written', () => {
  expect(readModel(encodeModel(example(), file))).toEqual({
    irVersion: 8,
    producer: 'tempocode 1.2.3',
    opsets: { 'ai.onnx': 18 },
    graph: 'example',
    inputs: [{ name: 'x', type: 'float32', dims: ['time', 'batch', 2] }],
    outputs: [{ name: 'y', type: 'float32', dims: ['time', 2, 'batch'] }],
    nodes: 4,
    ops: { MatMul: 1, Transpose: 1, Scan: 1, Add: 1 },
    metadata: { 'tempocode.b': 'β', 'tempocode.a': '1' },
  })
})

test('ONNX Runtime computes with its constants and attributes', async () => {
  const session = await createSession(encodeModel(example(), file), 'cpu')
  const { y } = await session.run({ x: { data: Float32Array.of(1, 0, 0, 1, 1, -20), shape: [1, 3, 2] } })
  await session.release()
  // x · w = [1, 2], [3, 4], [-59, -78]; y = 1 + clamp(0.025 x w + 0.5), a row for each column
  const expected = [1.525, 1.575, 1, 1.55, 1.6, 1]
  expect(y.shape).toEqual([1, 2, 3])
  expected.forEach((value, i) => {
    expect(y.data[i]).toBeCloseTo(value, 6)
  })
})

test('numbers of 64 bits are written in 64', async () => {
  const graph = new Graph('g', 'float64')
  graph.output(mul(graph.input('x', []), 1 / 3), 'y')
  const session = await createSession(encodeModel(graph, file), 'cpu')
  const { y } = await session.run({ x: { data: Float64Array.of(1), shape: [] } })
  expect(y.data[0]).toBe(1 / 3)
  await session.release()
})

test('lists of names and of numbers are written', async () => {
  const graph = new Graph('g')
  const x = graph.input('x', [1, 1, 1])
  const names = ['HardSigmoid', 'Relu', 'Relu']
  const attributes = {
    activations: { strings: names },
    activation_alpha: { floats: [0.3] },
    activation_beta: { floats: [0.25] },
  }
  const w = graph.constant([0, 5, 0, 3], [1, 4, 1]) // input, output, forget, cell
  const r = graph.constant([0, 0, 0, 0], [1, 4, 1])
  graph.output(recurrent('LSTM', { x, weights: [w, r, x.graph.absent] }, 1, attributes).all, 'h')
  const session = await createSession(encodeModel(graph, file), 'cpu')
  const { h } = await session.run({ x: { data: Float32Array.of(1), shape: [1, 1, 1] } })
  expect(h.data[0]).toBeCloseTo(0.25 * 3, 6) // the input gate is beta, the output gate 1
  await session.release()
})
