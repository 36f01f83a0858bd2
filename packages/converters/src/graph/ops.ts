import { type Attribute, type ElementType, innermost, type Shape, type Value } from './graph.js'
import { broadcast, checkInner, fixed, sameShape } from './shapes.js'

// The ONNX operators that we emit, as functions of values. Each appends one node and gives its result. Shapes are
// followed, so that what does not fit fails where it is written and not when the file is loaded.

/** A tensor, or a number that stands for a tensor of shape []. */
export type Operand = Value | number

function emit(
  type: string,
  inputs: readonly Value[],
  shape: Shape,
  attributes: Record<string, Attribute> = {},
  resultType?: ElementType,
): Value {
  return innermost(inputs).node(type, inputs, attributes, [{ shape, type: resultType }]).outputs[0]
}

// Elementwise, with numpy's broadcasting.

const binary = (type: string, resultType?: ElementType) => (a: Operand, b: Operand) => {
  const graph = innermost([a, b].filter((operand) => typeof operand !== 'number'))
  const [x, y] = [a, b].map((operand) => (typeof operand === 'number' ? graph.scalar(operand) : operand))
  return emit(type, [x, y], broadcast(x.shape, y.shape), {}, resultType)
}
const unary = (type: string) => (x: Value) => emit(type, [x], x.shape)

export const add = binary('Add')
export const sub = binary('Sub')
export const mul = binary('Mul')
export const div = binary('Div')
export const pow = binary('Pow')
export const max = binary('Max')
export const min = binary('Min')
export const greater = binary('Greater', 'bool')
export const less = binary('Less', 'bool')
export const abs = unary('Abs')
export const sign = unary('Sign')
export const sqrt = unary('Sqrt')
export const sigmoid = unary('Sigmoid')
export const tanh = unary('Tanh')
export const relu = unary('Relu')
export const identity = unary('Identity')
export const square = (x: Value) => mul(x, x)

/** max(0, min(1, slope · x + offset)) */
export const hardSigmoid = (x: Value, slope: number, offset: number) =>
  emit('HardSigmoid', [x], x.shape, { alpha: { float: slope }, beta: { float: offset } })

/** x where the condition holds, y elsewhere. */
export function where(condition: Value, x: Operand, y: Operand): Value {
  const { graph } = condition
  const [a, b] = [x, y].map((operand) => (typeof operand === 'number' ? graph.scalar(operand) : operand))
  return emit('Where', [condition, a, b], broadcast(condition.shape, broadcast(a.shape, b.shape)), {}, a.type)
}

/** Booleans or whole numbers as floating-point numbers. */
export const toFloat = (x: Value) =>
  emit('Cast', [x], x.shape, { to: x.graph.float === 'float64' ? 11 : 1 }, x.graph.float)

/** Numbers as whole ones of 32 bits. */
export const toInt32 = (x: Value) => emit('Cast', [x], x.shape, { to: 6 }, 'int32')

/** The sum of tensors of one shape. */
export const sum = (parts: readonly Value[]) => emit('Sum', parts, parts[0].shape)

// Matrix products.

/** [.., m, k] · [.., k, n] → [.., m, n]; leading dimensions broadcast. */
export function matMul(a: Value, b: Value): Value {
  const [m, k] = a.shape.slice(-2)
  const [l, n] = b.shape.slice(-2)
  checkInner('MatMul', a.shape, b.shape, [k, l])
  return emit('MatMul', [a, b], [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n])
}

/** a · b + c for matrices, a or b transposed where asked for; c broadcasts and may be left out. */
export function gemm(a: Value, b: Value, c?: Value, { transA = 0, transB = 0 } = {}): Value {
  const [m, k] = transA ? [a.shape[1], a.shape[0]] : a.shape
  const [l, n] = transB ? [b.shape[1], b.shape[0]] : b.shape
  checkInner('Gemm', a.shape, b.shape, [k, l])
  return emit('Gemm', c ? [a, b, c] : [a, b], [m, n], { transA, transB })
}

// Reductions and views.

/** Sums over the axes, which stay as length 1 if kept. */
export function reduceSum(x: Value, axes: readonly number[], keep = false): Value {
  const shape = x.shape.flatMap((length, i) => (axes.includes(i) ? (keep ? [1] : []) : [length]))
  return emit('ReduceSum', [x, x.graph.integers(axes)], shape, { keepdims: keep ? 1 : 0 })
}

/** The largest value over the axes. */
export const reduceMax = (x: Value, axes: readonly number[]) =>
  emit(
    'ReduceMax',
    [x, x.graph.integers(axes)],
    x.shape.filter((_, i) => !axes.includes(i)),
    { keepdims: 0 },
  )

/** Of each position along an axis, the sum up to it. */
export const cumulativeSum = (x: Value, axis: number) => emit('CumSum', [x, x.graph.integer(axis)], x.shape)

/** The sum of the squares of all elements, of shape []. */
export const sumOfSquares = (x: Value) => emit('ReduceSumSquare', [x], [], { keepdims: 0 })

export const transpose = (x: Value, axes: readonly number[]) =>
  emit(
    'Transpose',
    [x],
    axes.map((axis) => x.shape[axis]),
    { perm: axes },
  )

/** The same elements in another shape, in which one length may be known only when the graph runs. */
export function reshape(x: Value, shape: Shape): Value {
  const lengths = shape.map((length) => (typeof length === 'number' ? length : -1))
  return emit('Reshape', [x, x.graph.integers(lengths)], shape)
}

/** Inserts an axis of length 1. */
export const unsqueeze = (x: Value, axis: number) =>
  emit('Unsqueeze', [x, x.graph.integers([axis])], x.shape.toSpliced(axis, 0, 1))

/** Removes an axis of length 1. */
export const squeeze = (x: Value, axis: number) =>
  emit('Squeeze', [x, x.graph.integers([axis])], x.shape.toSpliced(axis, 1))

/** Repeats axes of length 1. Symbolic lengths are kept as they are. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  const lengths = shape.map((length) => (typeof length === 'number' ? length : 1))
  return emit('Expand', [x, x.graph.integers(lengths)], broadcast(x.shape, shape))
}

export function concat(parts: readonly Value[], axis: number): Value {
  const length = parts.reduce((sum, part) => sum + fixed(part.shape[axis]), 0)
  return emit('Concat', parts, parts[0].shape.with(axis, length), { axis })
}

/** Cuts along an axis into parts of the given lengths. */
export function split(x: Value, lengths: readonly number[], axis: number): readonly Value[] {
  const results = lengths.map((length) => ({ shape: x.shape.with(axis, length) }))
  return x.graph.node('Split', [x, x.graph.integers(lengths)], { axis }, results).outputs
}

/** Elements start (included) to end (excluded) along an axis; negative positions count from the end. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  const length = fixed(x.shape[axis])
  const from = (position: number) => (position < 0 ? position + length : Math.min(position, length))
  const graph = x.graph
  const bounds = [[start], [end], [axis]].map((numbers) => graph.integers(numbers))
  return emit('Slice', [x, ...bounds], x.shape.with(axis, from(end) - from(start)))
}

/** The last element along an axis comes first. */
export function reverse(x: Value, axis: number): Value {
  const { graph } = x
  const bounds = [[-1], [Number.MIN_SAFE_INTEGER], [axis], [-1]].map((numbers) => graph.integers(numbers))
  return emit('Slice', [x, ...bounds], x.shape)
}

/** The rows of x (along its first axis) that the whole numbers name. */
export const gather = (x: Value, rows: Value) =>
  emit('Gather', [x, rows], [...rows.shape, ...x.shape.slice(1)], { axis: 0 })

/** What ONNX's recurrent operators take beside their weights. */
export interface RecurrentInputs {
  /** [time, batch, input] */
  x: Value
  /** W [1, gates · hidden, input], R [1, gates · hidden, hidden], B [1, 2 · gates · hidden]. */
  weights: readonly [w: Value, r: Value, b: Value]
  /** [batch] int32: how many steps of each sequence count. */
  lengths?: Value
  /** [1, batch, hidden] each; zeros where left out. */
  initial?: readonly Value[]
}

/**
 * ONNX's `LSTM` or `GRU` in one direction.
 * @returns the outputs of all steps [time, 1, batch, hidden], and the last states [1, batch, hidden]: h, and c of LSTM
 */
export function recurrent(
  type: 'LSTM' | 'GRU',
  { x, weights, lengths, initial = [] }: RecurrentInputs,
  hidden: number,
  attributes: Record<string, Attribute>,
): { all: Value; last: readonly Value[] } {
  const [time, batch] = x.shape
  const state = { shape: [1, batch, hidden] }
  const optional = lengths || initial.length > 0 ? [lengths ?? x.graph.absent, ...initial] : []
  const [all, ...last] = x.graph.node(
    type,
    [x, ...weights, ...optional],
    { hidden_size: hidden, layout: 0, ...attributes },
    [{ shape: [time, 1, batch, hidden] }, state, ...(type === 'LSTM' ? [state] : [])],
  ).outputs
  return { all, last }
}
