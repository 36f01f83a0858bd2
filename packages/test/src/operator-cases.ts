import { Random } from '@tempocode/core'
import type { Tensor } from '@tempocode/runtime'
import { type Attribute, Graph, type Value } from '../../converters/src/graph/graph.js'
import { scan } from '../../converters/src/graph/loops.js'
import * as ops from '../../converters/src/graph/ops.js'
import { encodeModel } from '../../converters/src/onnx/encode.js'

/** A file of one operator, or of it and what it needs, and what to feed it. */
export interface OperatorCase {
  file: Uint8Array
  feeds: Record<string, Tensor>
}

const random = new Random(0, 'operator cases')
const floats = (...shape: number[]): Tensor => ({
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
  shape,
})
const whole = (...numbers: number[]): Tensor => ({ data: Int32Array.from(numbers), shape: [numbers.length] })
const long = (...numbers: number[]): Tensor => ({
  data: BigInt64Array.from(numbers, BigInt),
  shape: [numbers.length],
})

type Build = (values: readonly Value[], graph: Graph) => Value | readonly Value[]

function make(feeds: readonly Tensor[], build: Build): OperatorCase {
  const graph = new Graph('operator')
  const inputs = feeds.map(({ data, shape }, i) => {
    const type =
      data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : ('int64' as const)
    return graph.input(`x${i}`, shape, type)
  })
  for (const value of [build(inputs, graph)].flat() as Value[]) graph.output(value)
  return {
    file: encodeModel(graph, { version: '0', metadata: {} }),
    feeds: Object.fromEntries(feeds.map((feed, i) => [`x${i}`, feed])),
  }
}

const [a, b, cube, positive] = [floats(3, 4), floats(3, 4), floats(5, 3, 4), floats(3, 4)]
positive.data = (positive.data as Float32Array).map((value) => 0.1 + Math.abs(value))

const unary = (apply: (x: Value) => Value, x = a) => make([x], ([x]) => apply(x))
const binary = (apply: (x: Value, y: Value) => Value, x = a) => make([x, b], ([x, y]) => apply(x, y))
/** Of operators that Tempocode writes nowhere. */
const named = (type: string, shape = [3, 4]) =>
  make([positive], ([x], graph) => graph.node(type, [x], {}, [{ shape }]).outputs)

function recurrent(
  type: 'LSTM' | 'GRU',
  attributes: Record<string, Attribute> = {},
  given: { lengths?: boolean; initial?: boolean } = {},
) {
  const units = 6
  const rows = (type === 'LSTM' ? 4 : 3) * units
  const states = type === 'LSTM' ? 2 : 1
  const feeds = [
    cube,
    ...(given.lengths ? [whole(5, 2, 1)] : []),
    ...(given.initial ? Array.from({ length: states }, () => floats(1, 3, units)) : []),
  ]
  return make(feeds, ([x, ...others], graph) => {
    const constant = (...shape: number[]) => graph.constant(floats(...shape).data as Float32Array, shape)
    const weights = [constant(1, rows, 4), constant(1, rows, units), constant(1, 2 * rows)] as const
    const [lengths, initial] = given.lengths ? [others[0], others.slice(1)] : [undefined, others]
    const { all, last } = ops.recurrent(type, { x, weights, lengths, initial }, units, attributes)
    return [all, ...last]
  })
}

const backwards = { direction: { string: 'reverse' } }
const after = { linear_before_reset: 1 }
const activations = (...strings: string[]) => ({ activations: { strings } })
const hard = { activation_alpha: { floats: [0.2] }, activation_beta: { floats: [0.5] } }

/** The operators that Tempocode writes, with each type and option that matters to a device. */
export const operatorCases: Record<string, OperatorCase> = {
  Add: binary(ops.add),
  Sub: binary(ops.sub),
  Mul: binary(ops.mul),
  Div: binary(ops.div),
  Pow: binary(ops.pow, positive),
  Max: binary(ops.max),
  Min: binary(ops.min),
  'Greater, Where': binary((x, y) => ops.where(ops.greater(x, y), 0, x)),
  'Less, Cast of bool': binary((x, y) => ops.toFloat(ops.less(x, y))),
  'Less of int32': make([whole(1, 2, 3), whole(3, 2, 1)], ([x, y]) => ops.toFloat(ops.less(x, y))),
  Sum: binary((x, y) => ops.sum([x, y])),
  Abs: unary(ops.abs),
  Sign: unary(ops.sign),
  Sqrt: unary(ops.sqrt, positive),
  Sigmoid: unary(ops.sigmoid),
  Tanh: unary(ops.tanh),
  Relu: unary(ops.relu),
  Identity: unary(ops.identity),
  HardSigmoid: unary((x) => ops.hardSigmoid(x, 0.2, 0.5)),
  Exp: named('Exp'),
  Log: named('Log'),
  Neg: named('Neg'),
  ReduceMax: named('ReduceMax', [1, 1]),
  ReduceMean: named('ReduceMean', [1, 1]),
  'Cast of int32': make([whole(3, 1, 2)], ([x]) => ops.toFloat(x)),
  'Cast of int64': make([long(3, 1, 2)], ([x]) => ops.toFloat(x)),
  'Cast to int32': unary((x) => ops.toFloat(ops.toInt32(x))),
  MatMul: make([cube, floats(4, 6)], ([x, y]) => ops.matMul(x, y)),
  Gemm: make([a, floats(6, 4), floats(6)], ([x, y, z]) => ops.gemm(x, y, z, { transB: 1 })),
  'Gemm of transposes': make([floats(4, 3), floats(4, 6), floats(3, 1)], ([x, y, z]) =>
    ops.gemm(x, y, z, { transA: 1 }),
  ),
  ReduceSum: unary((x) => ops.reduceSum(x, [1, 2]), cube),
  ReduceSumSquare: unary(ops.sumOfSquares, cube),
  CumSum: unary((x) => ops.cumulativeSum(x, 1), cube),
  Transpose: unary((x) => ops.transpose(x, [1, 2, 0]), cube),
  Reshape: unary((x) => ops.reshape(x, ['n', 4]), cube),
  Unsqueeze: unary((x) => ops.unsqueeze(x, 1)),
  Squeeze: unary((x) => ops.squeeze(x, 1), floats(3, 1, 4)),
  Expand: unary((x) => ops.expand(x, [3, 5, 4]), floats(3, 1, 4)),
  Concat: binary((x, y) => ops.concat([x, y], 1)),
  'Concat of 12': binary((x, y) => ops.concat([x, y, x, y, x, y, x, y, x, y, x, y], 1)),
  Slice: unary((x) => ops.slice(x, 2, 1, 3), cube),
  'Slice backwards': unary((x) => ops.reverse(x, 0), cube),
  Gather: make([a, long(2, 0, 1)], ([x, rows]) => ops.gather(x, rows)),
  'Gather by int32': make([a, whole(2, 0, 1, 1)], ([x, rows]) => ops.gather(x, rows)),
  'Split into 2': make([a], ([x]) => ops.split(x, [2, 2], 1)),
  'Split into 7': make([floats(3, 14)], ([x]) => ops.split(x, new Array(7).fill(2), 1)),
  'Split into 12': make([floats(3, 24)], ([x]) => ops.split(x, new Array(12).fill(2), 1)),
  LSTM: recurrent('LSTM'),
  'LSTM backwards': recurrent('LSTM', backwards),
  'LSTM of lengths': recurrent('LSTM', {}, { lengths: true }),
  'LSTM of lengths backwards': recurrent('LSTM', backwards, { lengths: true }),
  'LSTM from states': recurrent('LSTM', {}, { initial: true }),
  'LSTM with relu': recurrent('LSTM', activations('Sigmoid', 'Relu', 'Relu')),
  'LSTM with hard sigmoid': recurrent('LSTM', { ...activations('HardSigmoid', 'Tanh', 'Tanh'), ...hard }),
  'GRU, reset before': recurrent('GRU'),
  'GRU, reset after': recurrent('GRU', after),
  'GRU backwards': recurrent('GRU', { ...after, ...backwards }),
  'GRU of lengths': recurrent('GRU', after, { lengths: true }),
  'GRU from a state': recurrent('GRU', after, { initial: true }),
  'GRU with relu': recurrent('GRU', { ...after, ...activations('Sigmoid', 'Relu') }),
  'GRU with hard sigmoid': recurrent('GRU', { ...after, ...activations('HardSigmoid', 'Tanh'), ...hard }),
  Scan: make([floats(3, 4), cube], ([h, x]) => {
    const { state, kept } = scan({ name: 'loop', state: [h], sequences: [x] }, ([h], [x]) => {
      const next = ops.tanh(ops.add(h, x))
      return { state: [next], keep: [ops.identity(next)] }
    })
    return [...state, ...kept]
  }),
}
