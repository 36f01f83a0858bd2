import { createSession } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { encodeModel } from '../onnx/encode.js'
import { Graph, type Shape, type Value } from './graph.js'
import * as ops from './ops.js'

const BATCH = 3
const feed = (shape: readonly number[]) => {
  const size = shape.reduce((a, b) => a * b, 1)
  return { data: Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 5 - 1), shape }
}

/** Two sequences [4, 6, batch], a vector [6, batch], a matrix [5, 6], rows [2] of the sequence and [2, 1] of that. */
function inputs(graph: Graph) {
  return {
    x: graph.input('x', [4, 6, 'batch']),
    v: graph.input('v', [6, 'batch']),
    w: graph.input('w', [5, 6]),
    rows: graph.input('rows', [2, 1], 'int64'),
  }
}
type Inputs = ReturnType<typeof inputs>

const FEEDS = {
  x: feed([4, 6, BATCH]),
  v: feed([6, BATCH]),
  w: feed([5, 6]),
  rows: { data: BigInt64Array.of(3n, 0n), shape: [2, 1] },
}

const CASES: [name: string, write: (inputs: Inputs) => Value, shape: Shape][] = [
  ['add broadcasts', ({ x, v }) => ops.add(x, v), [4, 6, 'batch']],
  ['mul by a number', ({ x }) => ops.mul(x, 2), [4, 6, 'batch']],
  ['sub from a number', ({ v }) => ops.sub(1, v), [6, 'batch']],
  ['pow', ({ v, x }) => ops.pow(ops.abs(v), x), [4, 6, 'batch']],
  ['min of max', ({ v }) => ops.min(ops.max(v, -1), 1), [6, 'batch']],
  ['greater as a number', ({ x, v }) => ops.toFloat(ops.greater(x, v)), [4, 6, 'batch']],
  ['less as a number', ({ v }) => ops.toFloat(ops.less(v, 0)), [6, 'batch']],
  ['whole numbers as numbers', ({ rows }) => ops.toFloat(rows), [2, 1]],
  ['hardSigmoid', ({ v }) => ops.hardSigmoid(v, 0.2, 0.5), [6, 'batch']],
  ['where', ({ v, x }) => ops.where(ops.less(v, 0), x, 7), [4, 6, 'batch']],
  ['where of a number', ({ v, x }) => ops.where(ops.less(x, v), 0, v), [4, 6, 'batch']],
  ['square', ({ v }) => ops.square(v), [6, 'batch']],
  ['sum', ({ v }) => ops.sum([v, v, v]), [6, 'batch']],
  ['matMul with each step', ({ w, x }) => ops.matMul(w, x), [4, 5, 'batch']],
  ['gemm', ({ w, v }) => ops.gemm(w, v), [5, 'batch']],
  [
    'gemm, transposed',
    ({ w }) => ops.gemm(w, ops.transpose(w, [1, 0]), undefined, { transA: 1, transB: 1 }),
    [6, 6],
  ],
  ['gemm of transposes by batch', ({ v }) => ops.gemm(v, v, undefined, { transB: 1 }), [6, 6]],
  ['reduceSum', ({ x }) => ops.reduceSum(x, [0, 2]), [6]],
  ['reduceSum that keeps axes', ({ x }) => ops.reduceSum(x, [0, 2], true), [1, 6, 1]],
  ['reduceMax', ({ x }) => ops.reduceMax(x, [0, 2]), [6]],
  ['cumulativeSum', ({ x }) => ops.cumulativeSum(x, 1), [4, 6, 'batch']],
  ['sumOfSquares', ({ x }) => ops.sumOfSquares(x), []],
  ['transpose', ({ x }) => ops.transpose(x, [2, 0, 1]), ['batch', 4, 6]],
  ['reshape', ({ x }) => ops.reshape(x, [24, 'batch']), [24, 'batch']],
  ['unsqueeze', ({ v }) => ops.unsqueeze(v, 1), [6, 1, 'batch']],
  ['squeeze', ({ v }) => ops.squeeze(ops.unsqueeze(v, 0), 0), [6, 'batch']],
  ['expand', ({ v }) => ops.expand(ops.unsqueeze(v, 0), [7, 6, 'batch']), [7, 6, 'batch']],
  ['expand of a batch', ({ v }) => ops.expand(ops.unsqueeze(v, 0), [7, 1, 'batch']), [7, 6, 'batch']],
  ['concat', ({ x }) => ops.concat([x, x], 1), [4, 12, 'batch']],
  ['split', ({ x }) => ops.split(x, [1, 5], 1)[1], [4, 5, 'batch']],
  ['slice', ({ x }) => ops.slice(x, 0, 1, 3), [2, 6, 'batch']],
  ['slice from the end', ({ x }) => ops.slice(x, 1, -4, -1), [4, 3, 'batch']],
  ['slice past the end', ({ x }) => ops.slice(x, 0, 1, 99), [3, 6, 'batch']],
  ['reverse', ({ x }) => ops.reverse(x, 0), [4, 6, 'batch']],
  ['gather', ({ x, rows }) => ops.gather(x, rows), [2, 1, 6, 'batch']],
  ['identity', ({ x }) => ops.identity(x), [4, 6, 'batch']],
]

test('every operator’s shape is the one that ONNX Runtime gives', async () => {
  const graph = new Graph('g')
  const given = inputs(graph)
  for (const [name, write, shape] of CASES) {
    const value = write(given)
    expect(value.shape, name).toEqual(shape)
    graph.output(value, name)
  }
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), 'cpu')
  const outputs = await session.run(FEEDS)
  for (const [name, , shape] of CASES) {
    const lengths = shape.map((length) => (length === 'batch' ? BATCH : length))
    expect(outputs[name].shape, name).toEqual(lengths)
  }
  await session.release()
})

test('reverse, where and cumulativeSum act along their axes', async () => {
  const graph = new Graph('g')
  const x = graph.input('x', [2, 3])
  graph.output(ops.reverse(x, 0), 'rows')
  graph.output(ops.reverse(x, 1), 'columns')
  graph.output(ops.cumulativeSum(x, 0), 'down')
  graph.output(ops.cumulativeSum(x, 1), 'across')
  graph.output(ops.where(ops.less(x, 3), x, 0), 'small')
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), 'cpu')
  const outputs = await session.run({ x: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] } })
  const values = Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, Number)])
  expect(Object.fromEntries(values)).toEqual({
    rows: [4, 5, 6, 1, 2, 3],
    columns: [3, 2, 1, 6, 5, 4],
    down: [1, 2, 3, 5, 7, 9],
    across: [1, 3, 6, 4, 9, 15],
    small: [1, 2, 0, 0, 0, 0],
  })
  await session.release()
})

const graph = new Graph('g')
const given = inputs(graph)
const MISMATCHES: [write: () => Value, message: string][] = [
  [() => ops.add(given.w, given.v), 'broadcast: shapes [5,6] and [6,batch] do not fit'],
  [() => ops.matMul(given.x, given.w), 'MatMul: shapes [4,6,batch] and [5,6] do not fit'],
  [() => ops.gemm(given.v, given.w), 'Gemm: shapes [6,batch] and [5,6] do not fit'],
  [() => ops.gemm(given.w, given.w), 'Gemm: shapes [5,6] and [5,6] do not fit'],
  [() => ops.expand(given.v, [5, 'batch']), 'broadcast: shapes [6,batch] and [5,batch] do not fit'],
  [() => ops.concat([given.v, given.v], 1), 'length "batch" must be known when the graph is written'],
  [() => ops.slice(given.v, 1, 0, 1), 'length "batch" must be known when the graph is written'],
]

test.each(MISMATCHES)('what does not fit fails where it is written %#', (write, message) => {
  expect(write).toThrow(new RangeError(message))
})
