import { TempocodeError } from '@tempocode/core'
import { activations } from './activations.js'
import type { Backward, Node, Value } from './graph.js'
import { add, concat, gemm, matMul, mul, reduceSum, reshape, split, transpose } from './ops.js'
import { fixed, sameShape } from './shapes.js'

/**
 * Reverse-mode differentiation: how a loss changes with each of the given values, from how it changes with a
 * network's outputs.
 *
 * The graph's steps are walked backwards. Each turns the gradients of its outputs into those of its inputs (the chain
 * rule), by the rule of its operator or of its block, and a value's gradient is the sum over its uses.
 *
 * @param outputs each output with its gradient
 * @throws TempocodeError `model` where nothing leads from a value to the outputs, `unsupported` where an operator on
 * the way has no rule
 */
export function gradients(outputs: ReadonlyMap<Value, Value>, values: readonly Value[]): Value[] {
  const found = new Map(outputs)
  const [{ graph }] = outputs.keys()
  const steps = [...graph.steps] // the gradients' own nodes come after these
  const dependent = new Set(values)
  for (const { inputs, outputs } of steps) {
    if (inputs.some((input) => dependent.has(input))) for (const output of outputs) dependent.add(output)
  }
  for (const step of steps.reverse()) {
    const wanted = step.inputs.map((input) => dependent.has(input))
    if (!wanted.includes(true) || !step.outputs.some((output) => found.has(output))) continue
    const backward = 'backward' in step ? step.backward : ruleOf(step)
    const received = step.outputs.map((output) => found.get(output))
    backward(received, wanted).forEach((gradient, i) => {
      const input = step.inputs[i]
      if (!gradient || !wanted[i]) return
      const others = found.get(input)
      found.set(input, others ? add(others, gradient) : gradient)
    })
  }
  return values.map((value) => {
    const gradient = found.get(value)
    if (!gradient) throw new TempocodeError('model', `the loss does not depend on ${value.name}`)
    return gradient
  })
}

function ruleOf(node: Node): Backward {
  const rule = rules[node.type]
  if (rule) return ([dy], wanted) => rule(node.inputs, dy as Value, node.outputs[0], wanted, node.attributes)
  throw new TempocodeError('unsupported', `operator ${node.type} has no gradient`, {
    node: node.outputs[0].name,
  })
}

/** For y = f(a, b, …): the gradients of a, b, … from dy. Those that are not wanted may be left out. */
type Rule = (
  inputs: readonly Value[],
  dy: Value,
  y: Value,
  wanted: readonly boolean[],
  attributes: Node['attributes'],
) => readonly (Value | undefined)[]

const rules: Record<string, Rule> = {
  Add: ([a, b], dy) => [sumTo(a, dy), sumTo(b, dy)],
  Sub: ([a, b], dy, _, [wantsA, wantsB]) => [
    wantsA ? sumTo(a, dy) : undefined,
    wantsB ? sumTo(b, mul(-1, dy)) : undefined,
  ],
  Mul: ([a, b], dy, _, [wantsA, wantsB]) => [
    wantsA ? sumTo(a, mul(dy, b)) : undefined,
    wantsB ? sumTo(b, mul(dy, a)) : undefined,
  ],
  Sigmoid: (_, dy, y) => [activations.sigmoid.backward(dy, y)],
  Tanh: (_, dy, y) => [activations.tanh.backward(dy, y)],
  Relu: (_, dy, y) => [activations.relu.backward(dy, y)],
  HardSigmoid: (_, dy, y) => [activations.hardSigmoid.backward(dy, y)],
  Gemm: ([a, b, c], dy, _, [wantsA, wantsB], attributes) => {
    const [transA, transB] = [Number(attributes.transA), Number(attributes.transB)]
    const da = () =>
      transA
        ? gemm(b, dy, undefined, { transA: transB, transB: 1 })
        : gemm(dy, b, undefined, { transB: 1 - transB })
    const db = () =>
      transB
        ? gemm(dy, a, undefined, { transA: 1, transB: transA })
        : gemm(a, dy, undefined, { transA: 1 - transA })
    return [wantsA ? da() : undefined, wantsB ? db() : undefined, c && sumTo(c, dy)]
  },
  // a matrix times each step of a sequence: da = Σₜ dyₜ bₜᵀ
  MatMul: ([a, b], dy, _, [wantsA, wantsB]) => [
    wantsA ? sumsOfProducts(dy, [b])[0] : undefined,
    wantsB ? matMul(transpose(a, [1, 0]), dy) : undefined,
  ],
  Reshape: ([x], dy) => [reshape(dy, x.shape)],
  Transpose: (_, dy, __, ___, { perm }) => {
    const axes = perm as readonly number[]
    return [
      transpose(
        dy,
        axes.map((_, axis) => axes.indexOf(axis)),
      ),
    ]
  },
  Concat: (parts, dy, _, __, { axis }) =>
    split(
      dy,
      parts.map(({ shape }) => fixed(shape[Number(axis)])),
      Number(axis),
    ),
}

/** Undoes broadcasting: the gradient summed along the axes over which the value was repeated. */
export function sumTo(value: Value, gradient: Value): Value {
  if (sameShape(value.shape, gradient.shape)) return gradient
  const added = gradient.shape.length - value.shape.length
  const repeated = gradient.shape.flatMap((length, i) =>
    i < added || value.shape[i - added] !== length ? [i] : [],
  )
  const sum = reduceSum(gradient, repeated, true)
  return added > 0 ? reshape(sum, value.shape) : sum
}

// Of so few rows, ONNX Runtime takes longer to arrange sequences as matrices than to multiply them.
const FEW = 33

/**
 * Σ a bᵀ over time and batch, [m, n] for each b: of sequences a [time, m, batch] and b [time, n, batch]. It is one product
 * of matrices [m, time · batch] and [n, time · batch]; where m and n are small, one for each step, and then their sum.
 */
export function sumsOfProducts(a: Value, bs: readonly Value[]): Value[] {
  const isSmall = fixed(a.shape[1]) <= 4 * FEW && bs.every(({ shape }) => fixed(shape[1]) <= FEW)
  const sum = (b: Value) => reduceSum(matMul(a, transpose(b, [0, 2, 1])), [0])
  if (isSmall && bs.length === 1) return [sum(bs[0])]
  if (isSmall) {
    const widths = bs.map(({ shape }) => fixed(shape[1]))
    return [...split(sum(concat(bs, 1)), widths, 1)]
  }
  const flat = flattenTime(a)
  return bs.map((b) => gemm(flat, flattenTime(b), undefined, { transB: 1 }))
}

/** A sequence [time, n, batch] as a matrix [n, time · batch]. */
const flattenTime = (x: Value): Value =>
  reshape(transpose(x, [1, 0, 2]), [x.shape[1], `${x.shape[0]}·${x.shape[2]}`])
