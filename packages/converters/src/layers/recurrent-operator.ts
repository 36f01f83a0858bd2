import { activations, HARD_SIGMOID } from '../graph/activations.js'
import type { Attribute, Graph, Value } from '../graph/graph.js'
import { recurrent, squeeze, unsqueeze } from '../graph/ops.js'
import type { Cell } from './cell.js'
import type { InferenceContext, Signal } from './lowering.js'
import { stored } from './weights.js'

/** What ONNX's operator computes with. */
export interface Operator extends Pick<Cell, 'type' | 'options' | 'attributes'> {
  /** W [1, gates · units, inputs], R [1, gates · units, units], B [1, 2 · gates · units]. */
  weights: readonly [w: Value, r: Value, b: Value]
}

/** A cell's weights as constants. ONNX has a bias on the recurrent side, too: zeros, but for Keras's GRU. */
export function operatorOf({ type, options, attributes, parameters }: Cell, graph: Graph): Operator {
  const [w, r, b] = parameters
  const [rows] = w.shape
  const constants: Operator['weights'] = [
    stored(graph, w, [1, ...w.shape]),
    stored(graph, r, [1, ...r.shape]),
    b ? stored(graph, b, [1, 2 * rows]) : graph.constant(new Float32Array(2 * rows), [1, 2 * rows]),
  ]
  return { type, options, attributes, weights: constants }
}

/**
 * A cell over a sequence [time, batch, inputs] by ONNX's own operator.
 * @param initial the states [batch, units] to start from; zeros where empty
 * @returns h of all steps [time, batch, units], in their order, and the last states [batch, units]
 */
export function recurrentOperator(
  operator: Operator,
  { value: x, masked }: Signal,
  { backwards, initial }: { backwards: boolean; initial: readonly Value[] },
  { lengths }: InferenceContext,
) {
  const { all, last } = recurrent(
    operator.type,
    {
      x,
      weights: operator.weights,
      lengths: masked ? lengths : undefined,
      initial: initial.map((state) => unsqueeze(state, 0)),
    },
    operator.options.units,
    {
      ...(backwards && { direction: { string: 'reverse' } }),
      ...operator.attributes,
      ...activationAttributes(operator),
    },
  )
  return { all: squeeze(all, 1), last: last.map((state) => squeeze(state, 0)) }
}

/** Left out where they are ONNX's defaults, sigmoid and tanh: some devices run those alone. */
function activationAttributes({ type, options }: Operator): Record<string, Attribute> {
  const { activation, recurrentActivation } = options
  if (activation === 'tanh' && recurrentActivation === 'sigmoid') return {}
  const ofStates = type === 'LSTM' ? [activation, activation] : [activation]
  const names = [recurrentActivation, ...ofStates].map((name) => activations[name].recurrentName)
  const attributes: Record<string, Attribute> = { activations: { strings: names } }
  if (recurrentActivation === 'hardSigmoid') {
    attributes.activation_alpha = { floats: [HARD_SIGMOID.slope] }
    attributes.activation_beta = { floats: [HARD_SIGMOID.offset] }
  }
  return attributes
}
