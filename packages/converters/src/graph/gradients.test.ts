import { Random, TempocodeError } from '@tempocode/core'
import { createSession, type Session, type Tensor } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { encodeModel } from '../onnx/encode.js'
import { gradients } from './gradients.js'
import { Graph, type Shape, type Value } from './graph.js'
import * as ops from './ops.js'

const BATCH = 3

interface Case {
  name: string
  shapes: Shape[]
  write: (inputs: Value[]) => Value
}

const CASES: Case[] = [
  {
    name: 'Add',
    shapes: [
      [2, 4],
      [2, 4],
    ],
    write: ([a, b]) => ops.add(a, b),
  },
  {
    name: 'Add that repeats rows',
    shapes: [
      [2, 'batch'],
      [2, 1],
    ],
    write: ([a, b]) => ops.add(a, b),
  },
  {
    name: 'Add that repeats steps',
    shapes: [
      [4, 1],
      [5, 4, 'batch'],
    ],
    write: ([a, b]) => ops.add(a, b),
  },
  { name: 'Add of a number', shapes: [[2, 3], []], write: ([a, b]) => ops.add(a, b) },
  {
    name: 'Sub of a row from each of several',
    shapes: [
      [5, 4, 'batch'],
      [1, 4, 'batch'],
    ],
    write: ([a, b]) => ops.sub(a, b),
  },
  {
    name: 'Mul',
    shapes: [
      [2, 4],
      [2, 4],
    ],
    write: ([a, b]) => ops.mul(a, b),
  },
  {
    name: 'Mul that repeats rows and steps',
    shapes: [
      [5, 1, 'batch'],
      [4, 1],
    ],
    write: ([a, b]) => ops.mul(a, b),
  },
  { name: 'Mul by a number', shapes: [[2, 3], []], write: ([a, b]) => ops.mul(a, b) },
  { name: 'Mul of a value with itself', shapes: [[2, 3]], write: ([x]) => ops.mul(x, x) },
  { name: 'Transpose', shapes: [[5, 4, 'batch']], write: ([x]) => ops.transpose(x, [1, 2, 0]) },
  { name: 'Reshape', shapes: [[4, 3, 'batch']], write: ([x]) => ops.reshape(x, [2, 6, 'batch']) },
  {
    name: 'Concat',
    shapes: [
      [5, 1, 'batch'],
      [5, 4, 'batch'],
      [5, 2, 'batch'],
    ],
    write: ([a, b, c]) => ops.concat([a, b, c], 1),
  },
  { name: 'Sigmoid', shapes: [[2, 3]], write: ([x]) => ops.sigmoid(x) },
  { name: 'Tanh', shapes: [[2, 3]], write: ([x]) => ops.tanh(x) },
  { name: 'Relu', shapes: [[2, 3]], write: ([x]) => ops.relu(x) },
  { name: 'HardSigmoid', shapes: [[2, 3]], write: ([x]) => ops.hardSigmoid(x, 0.2, 0.5) },
  {
    name: 'Gemm',
    shapes: [
      [2, 4],
      [4, 'batch'],
    ],
    write: ([a, b]) => ops.gemm(a, b),
  },
  {
    name: 'Gemm with c',
    shapes: [
      [2, 4],
      [4, 'batch'],
      [2, 1],
    ],
    write: ([a, b, c]) => ops.gemm(a, b, c),
  },
  {
    name: 'Gemm, a transposed, with c',
    shapes: [
      [4, 2],
      [4, 'batch'],
      [2, 1],
    ],
    write: ([a, b, c]) => ops.gemm(a, b, c, { transA: 1 }),
  },
  {
    name: 'Gemm, b transposed',
    shapes: [
      [2, 4],
      ['batch', 4],
    ],
    write: ([a, b]) => ops.gemm(a, b, undefined, { transB: 1 }),
  },
  {
    name: 'Gemm, both transposed',
    shapes: [
      [4, 2],
      ['batch', 4],
    ],
    write: ([a, b]) => ops.gemm(a, b, undefined, { transA: 1, transB: 1 }),
  },
  {
    name: 'MatMul with each step',
    shapes: [
      [2, 4],
      [5, 4, 'batch'],
    ],
    write: ([a, b]) => ops.matMul(a, b),
  },
  {
    name: 'a value used twice',
    shapes: [
      [2, 3],
      [2, 3],
    ],
    write: ([a, b]) => ops.add(ops.tanh(a), ops.add(ops.add(a, b), ops.sigmoid(a))),
  },
  {
    name: 'a chain of layers',
    shapes: [
      [4, 2],
      [4, 1],
      [2, 4],
      [5, 2, 'batch'],
    ],
    write: ([w, b, u, x]) => ops.matMul(u, ops.tanh(ops.add(ops.matMul(w, x), b))),
  },
]

const lengthsOf = (shape: Shape) => shape.map((length) => (length === 'batch' ? BATCH : Number(length)))
const tensor = (shape: Shape, random: Random): Tensor & { data: Float64Array } => {
  const lengths = lengthsOf(shape)
  const size = lengths.reduce((a, b) => a * b, 1)
  return { data: Float64Array.from({ length: size }, () => random.normal()), shape: lengths }
}
const encode = (graph: Graph) => encodeModel(graph, { version: '0', metadata: {} })

/** The loss Σ k ⊙ y by central differences along each element of the named feed. */
async function differences(session: Session, feeds: Record<string, Tensor>, name: string, k: Float64Array) {
  const h = 1e-5
  const loss = async (i: number, by: number) => {
    const { data, shape } = feeds[name]
    const moved = { data: (data as Float64Array).with(i, Number(data[i]) + by), shape }
    const y = (await session.run({ ...feeds, [name]: moved })).y.data as Float64Array
    return y.reduce((sum, value, j) => sum + k[j] * value, 0)
  }
  const slopes: number[] = []
  for (let i = 0; i < feeds[name].data.length; i++)
    slopes.push(((await loss(i, h)) - (await loss(i, -h))) / (2 * h))
  return slopes
}

test.each(CASES)('the rule of $name agrees with central differences', async ({ name, shapes, write }) => {
  const graph = new Graph(name, 'float64')
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, shape))
  const y = write(inputs)
  const dy = graph.input('dy', y.shape)
  graph.output(y, 'y')
  gradients(new Map([[y, dy]]), inputs).forEach((gradient, i) => {
    graph.output(ops.identity(gradient), `dx${i}`)
  })

  const random = new Random(0, name)
  const feeds = Object.fromEntries(graph.inputs.map((input) => [input.name, tensor(input.shape, random)]))
  const session = await createSession(encode(graph), 'cpu', { threads: 1 })
  const outputs = await session.run(feeds)
  for (const [i, shape] of shapes.entries()) {
    const expected = await differences(session, feeds, `x${i}`, feeds.dy.data)
    expect(outputs[`dx${i}`].shape).toEqual(lengthsOf(shape))
    expected.forEach((slope, j) => {
      expect(Number(outputs[`dx${i}`].data[j]), `d x${i}[${j}]`).toBeCloseTo(slope, 8)
    })
  }
  await session.release()
})

test('nothing is computed for values whose gradients are not asked for', () => {
  const graph = new Graph('g')
  const [w, x] = [graph.input('w', [2, 4]), graph.input('x', [4, 'batch'])]
  const y = ops.gemm(w, x)
  const before = graph.nodes.length
  const [dw] = gradients(new Map([[y, graph.input('dy', y.shape)]]), [w])
  expect(dw.shape).toEqual([2, 4])
  expect(graph.nodes.slice(before).map(({ type }) => type)).toEqual(['Gemm'])
})

test('nor for parts of a product that are not asked for', () => {
  const graph = new Graph('g')
  const [a, b] = [graph.input('a', [2, 4]), graph.input('b', [2, 4])]
  const y = ops.mul(a, b)
  const before = graph.nodes.length
  gradients(new Map([[y, graph.input('dy', y.shape)]]), [b])
  expect(graph.nodes.slice(before).map(({ type }) => type)).toEqual(['Mul'])
})

test('several outputs add up', async () => {
  const graph = new Graph('g', 'float64')
  const x = graph.input('x', [])
  const outputs = [ops.tanh(x), ops.relu(x)]
  const [dx] = gradients(new Map(outputs.map((y, i) => [y, graph.scalar(i + 1)])), [x])
  graph.output(dx, 'dx')
  const session = await createSession(encode(graph), 'cpu', { threads: 1 })
  const { dx: received } = await session.run({ x: { data: Float64Array.of(0.5), shape: [] } })
  expect(received.data[0]).toBeCloseTo(1 - Math.tanh(0.5) ** 2 + 2, 12)
  await session.release()
})

test('a value that the outputs do not depend on has no gradient, and an operator without a rule says so', () => {
  const graph = new Graph('g')
  const [x, unused] = [graph.input('x', [2]), graph.input('unused', [2])]
  const y = ops.sqrt(x)
  const of = (values: Value[]) => () => gradients(new Map([[y, graph.input('dy', [2])]]), values)
  expect(of([unused])).toThrow(new TempocodeError('model', 'the loss does not depend on unused'))
  expect(of([x])).toThrow(TempocodeError)
  expect(of([x])).toThrow('operator Sqrt has no gradient')
})
