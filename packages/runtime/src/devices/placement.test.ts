import { expect, test } from 'vitest'
import { createSession } from '../node.js'
import { failure } from '../testing/failure.js'
import { type Graph, type Node, type Value, writeModel } from '../testing/onnx-writer.js'
import { block, int, text } from '../testing/protobuf-writer.js'
import { placement } from './placement.js'

const x: Value = { name: 'x', dims: [2, 3] }
const file = (nodes: Node[], graph: Partial<Graph> = {}) =>
  writeModel({ nodes, inputs: [x], outputs: [{ name: 'y', dims: [2, 3] }], ...graph })
const one = (op: string, attributes: Node['attributes'] = {}, inputs = ['x']): Node[] => [
  { op, inputs, outputs: ['y'], attributes },
]
const reasons = (bytes: Uint8Array, device: Parameters<typeof placement>[1]) =>
  placement(bytes, device).map(({ reason }) => reason)

const recurrent = ['x', 'w', 'r', 'b']
test.each<[string, Node[], string[]]>([
  ['LSTM', one('LSTM', {}, recurrent), []],
  ['LSTM that names the defaults', one('LSTM', { activations: ['sigmoid', 'tanh', 'Tanh'] }, recurrent), []],
  [
    'LSTM with relu',
    one('LSTM', { activations: ['Sigmoid', 'Relu', 'Relu'] }, recurrent),
    ["cuda's LSTM computes with Sigmoid, Tanh, Tanh alone, and this one with Sigmoid, Relu, Relu"],
  ],
  [
    'LSTM with other activations backwards',
    one('LSTM', { activations: ['Sigmoid', 'Tanh', 'Tanh', 'HardSigmoid', 'Tanh', 'Tanh'] }, recurrent),
    [expect.stringContaining('Sigmoid, Tanh, Tanh, HardSigmoid, Tanh, Tanh')],
  ],
  ['LSTM with clip', one('LSTM', { clip: 1 }, recurrent), ["cuda's LSTM has no clip, and this one has"]],
  [
    'LSTM with coupled gates',
    one('LSTM', { input_forget: 1 }, recurrent),
    ["cuda's LSTM has no input_forget, and this one has"],
  ],
  [
    'LSTM with peepholes',
    one('LSTM', {}, [...recurrent, '', '', '', 'p']),
    ["cuda's LSTM has no peepholes, and this one has"],
  ],
  [
    'batch-first LSTM',
    one('LSTM', { layout: 1 }, recurrent),
    ["cuda's LSTM has no layout 1, and this one has"],
  ],
  ['GRU, reset after', one('GRU', { linear_before_reset: 1 }, recurrent), []],
  [
    'GRU, reset before',
    one('GRU', {}, recurrent),
    ["cuda's GRU resets after the product with R alone (linear_before_reset 1), and this one before it"],
  ],
  ['an operator that it lacks', one('Det'), ['cuda has no kernel for Det']],
  ['a name that JavaScript knows', one('__proto__'), ['cuda has no kernel for __proto__']],
])('on cuda: %s', (_, nodes, expected) => {
  expect(reasons(file(nodes), 'cuda')).toEqual(expected)
  expect(reasons(file(nodes), 'cpu')).toEqual([])
})

test('bodies of loops are looked into, and types followed through them', () => {
  const body: Graph = {
    nodes: [
      { op: 'Add', inputs: ['state', 'part'], outputs: ['sum'] },
      { op: 'Cast', inputs: ['sum'], outputs: ['whole'], attributes: { to: 7 } },
      { op: 'Relu', inputs: ['whole'], outputs: ['kept'] },
      { op: 'Identity', inputs: ['sum'], outputs: ['next'] },
    ],
    inputs: [
      { name: 'state', dims: [3] },
      { name: 'part', dims: [3] },
    ],
    outputs: [
      { name: 'next', dims: [3] },
      { name: 'kept', type: 7, dims: [3] },
    ],
  }
  const nodes: Node[] = [
    {
      op: 'Scan',
      inputs: ['h', 'x'],
      outputs: ['last', 'all'],
      attributes: { body, num_scan_inputs: 1 },
    },
    { op: 'Relu', inputs: ['last'], outputs: ['fine'] },
    { op: 'Sqrt', inputs: ['all'], outputs: ['y'] },
  ]
  const bytes = file(nodes, { inputs: [x, { name: 'h', dims: [3] }] })
  expect(placement(bytes, 'cuda')).toEqual([
    {
      node: 'kept',
      operator: 'Relu',
      reason: "cuda's Relu takes float32, float64, float16, and this one int64",
    },
    {
      node: 'y',
      operator: 'Sqrt',
      reason: "cuda's Sqrt takes float32, float64, float16, and this one int64",
    },
  ])
  expect(reasons(bytes, 'webgpu')[0]).toBe('webgpu has no kernel for Scan')
})

test('types come from inputs, constants and operators', () => {
  const nodes: Node[] = [
    { op: 'Less', inputs: ['x', 'x'], outputs: ['less'] },
    { op: 'Where', inputs: ['less', 'less', 'less'], outputs: ['chosen'] },
    { op: 'Neg', inputs: ['n'], outputs: ['minus'] },
    { op: 'Shape', inputs: ['x'], outputs: ['shape'] },
    { op: 'Exp', inputs: ['constant'], outputs: ['y'] },
  ]
  const graph = {
    inputs: [x, { name: 'n', type: 9, dims: [1] }],
    constants: { constant: { dims: [1], data: [1] } },
  }
  expect(reasons(file(nodes, graph), 'cuda')).toEqual([
    "cuda's Where takes float32, float64, float16, int32, int64, uint8, and this one bool",
    expect.stringMatching(/^cuda's Neg takes .*, and this one bool$/),
    'cuda has no kernel for Shape',
    "cuda's Exp takes float32, float64, float16, and this one int64",
  ])
})

test('cpu and wasm run all of ONNX, and what ONNX Runtime adds to it', () => {
  const foreign = (domain: string) => {
    const node = [...text(2, 'y'), ...text(4, 'Gelu'), ...text(7, domain)]
    return Uint8Array.from([...int(1, 8), ...block(7, block(1, node))])
  }
  for (const device of ['cpu', 'wasm'] as const) {
    expect(reasons(file(one('Det')), device)).toEqual([])
    expect(reasons(foreign('com.microsoft'), device)).toEqual([])
    expect(reasons(foreign('com.example'), device)).toEqual([`${device} has no kernel for com.example.Gelu`])
  }
})

test('what cuda and webgpu run is known for one operator set', () => {
  const graph = { nodes: one('Relu'), inputs: [x], outputs: [{ name: 'y', dims: [2, 3] }] }
  expect(reasons(writeModel(graph, 17), 'webgpu')).toEqual([
    'what webgpu runs is known for operator set 18, and the file has 17',
  ])
  expect(reasons(writeModel(graph, 17), 'cpu')).toEqual([])
})

test('cuda is refused by the first node that it does not run, before anything is loaded', async () => {
  const nodes: Node[] = [
    { op: 'Relu', inputs: ['x'], outputs: ['a'] },
    { op: 'Det', inputs: ['a'], outputs: ['b'] },
    { op: 'Erfc', inputs: ['b'], outputs: ['y'] },
  ]
  expect(await failure(() => createSession(file(nodes), 'cuda'))).toMatchObject({
    code: 'device',
    message: 'cuda does not run node b (Det): cuda has no kernel for Det; nor 1 other node',
    place: { node: 'b' },
  })
})
