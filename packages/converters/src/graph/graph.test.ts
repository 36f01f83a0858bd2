import { TempocodeError } from '@tempocode/core'
import { expect, test } from 'vitest'
import { Graph, type Value } from './graph.js'
import { scan } from './loops.js'
import { add, mul, relu, tanh } from './ops.js'

const typesOf = (graph: Graph) => graph.liveNodes.map(({ type }) => type)
/** A loop over x [5, 3] whose body is written by `write`, from one step's part. */
const loop = (graph: Graph, write: (part: Value) => Value) =>
  scan({ name: 'loop', state: [], sequences: [graph.input('x', [5, 3])] }, (_, [part]) => ({
    state: [],
    keep: [write(part)],
  })).kept[0]
const bodyOf = (graph: Graph) => graph.nodes.find(({ type }) => type === 'Scan')!.attributes.body as Graph

test('an operator goes into the innermost graph of its operands, wherever it is written', () => {
  const graph = new Graph('g')
  const w = graph.input('w', [3])
  let inBody: Value | undefined
  const kept = loop(graph, (part) => {
    inBody = tanh(w) // the same at every step
    return mul(part, inBody)
  })
  graph.output(kept)
  expect(inBody!.graph).toBe(graph)
  expect(typesOf(graph)).toEqual(['Tanh', 'Scan'])
  expect(typesOf(bodyOf(graph))).toEqual(['Mul'])
  expect(kept).toMatchObject({ graph, shape: [5, 3] })
})

test('what belongs to one loop cannot be used in another', () => {
  const graph = new Graph('g')
  const [first, second] = ['first', 'second'].map((name) => new Graph(name, 'float32', graph))
  const a = first.input('a', [])
  const b = second.input('b', [])
  expect(() => add(a, b)).toThrow(TempocodeError)
  expect(() => add(a, b)).toThrow(/^b of graph second cannot be seen from first$/)
})

test('only what an output needs is written, in its order', () => {
  const graph = new Graph('g')
  const x = graph.input('x', [])
  const a = tanh(x)
  const unused = relu(a)
  mul(unused, 2)
  graph.output(add(a, 1), 'y')
  expect(typesOf(graph)).toEqual(['Tanh', 'Add'])
  expect(graph.nodes).toHaveLength(4)
})

test('what a body needs is written outside it, and what only its unused nodes need is not', () => {
  const graph = new Graph('g')
  const w = graph.input('w', [3])
  const used = tanh(w)
  const unused = relu(w)
  const kept = loop(graph, (part) => {
    mul(part, unused)
    return mul(part, used)
  })
  graph.output(kept)
  expect(typesOf(graph)).toEqual(['Tanh', 'Scan'])
})

test('an outer value that a body merely passes on is written', () => {
  const graph = new Graph('g')
  const w = tanh(graph.input('w', [3]))
  graph.output(loop(graph, () => w))
  expect(typesOf(graph)).toEqual(['Tanh', 'Scan'])
})

test('nodes are counted with those of bodies', () => {
  const graph = new Graph('g')
  const w = tanh(graph.input('w', [3]))
  graph.output(loop(graph, (part) => relu(mul(part, w))))
  expect(graph.nodeCount).toBe(4)
})

test('the same number is stored once, in the outermost graph', () => {
  const graph = new Graph('g')
  const body = new Graph('body', 'float32', graph)
  expect(body.scalar(0.5)).toBe(graph.scalar(0.5))
  expect(body.integers([1, 2])).toBe(graph.integers([1, 2]))
  expect(graph.integers([1])).not.toBe(graph.integers([1, 1]))
  expect(graph.scalar(1)).not.toBe(graph.integers([1]))
  expect(graph.constants).toHaveLength(5)
  expect(body.constants).toHaveLength(0)
})

test('constants have the graph’s own precision, and as many numbers as their shape', () => {
  expect(new Graph('g').constant([0.1], []).type).toBe('float32')
  const graph = new Graph('g', 'float64')
  const body = new Graph('body', 'float64', graph)
  expect(body.scalar(0.1).type).toBe('float64')
  expect([...graph.constants[0].data]).toEqual([0.1])
  expect(() => graph.constant([1, 2, 3], [2, 2])).toThrow('3 values for a constant of shape [2,2]')
})

test('no two values of a file share a name', () => {
  const graph = new Graph('g')
  const kept = loop(graph, (part) => tanh(relu(part)))
  graph.output(add(mul(kept, 2), 3))
  const body = bodyOf(graph)
  const values = [graph, body].flatMap(({ inputs, nodes, constants }) => [
    ...inputs,
    ...nodes.flatMap(({ outputs }) => outputs),
    ...constants.map(({ value }) => value),
  ])
  expect(new Set(values.map(({ name }) => name)).size).toBe(values.length)
})

test('a block stands in the steps in the place of its nodes, which are written as ever', () => {
  const graph = new Graph('g')
  const x = tanh(graph.input('x', []))
  const backward = () => []
  const [y] = graph.block([x], () => [relu(mul(x, 2))], backward)
  graph.output(y)
  expect(graph.steps).toEqual([graph.nodes[0], { inputs: [x], outputs: [y], backward }])
  expect(typesOf(graph)).toEqual(['Tanh', 'Mul', 'Relu'])
})
