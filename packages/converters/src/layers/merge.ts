import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { add, concat, sub } from '../graph/ops.js'
import { everyStep, type Lowering, refusePadding, type Signal, unsupported } from './lowering.js'

/** The sum of tensors of one rank; lengths of 1 are repeated, as in tfjs. */
export const addition = (layer: tf.layers.Layer): Lowering =>
  elementwise(layer, 'added', (values) => values.reduce(add))

/** The first of two tensors without the second. */
export const subtraction = (layer: tf.layers.Layer): Lowering =>
  elementwise(layer, 'subtracted', ([a, b]) => sub(a, b))

function elementwise(layer: tf.layers.Layer, done: string, apply: (values: Value[]) => Value): Lowering {
  const given = (inputs: readonly Signal[]) => {
    refusePadding(layer, inputs, done)
    const values = inputs.map(everyStep)
    const ranks = new Set(values.map(({ shape }) => shape.length))
    if (ranks.size > 1) throw unsupported(layer, 'sequences and vectors together cannot be exported')
    return values
  }
  return {
    parameters: [],
    states: [],
    inference: (inputs) => [{ value: apply(given(inputs)) }],
    training: (inputs) => [{ value: apply(given(inputs)) }],
  }
}

/** Tensors one after the other along an axis, but not along the batch. */
export function concatenation(layer: tf.layers.Layer): Lowering {
  const axis = Number(layer.getConfig().axis)
  const joined = (inputs: readonly Signal[], axes: readonly number[]) => {
    refusePadding(layer, inputs, 'joined')
    const values = inputs.map(everyStep)
    const rank = values[0].shape.length
    const own = axis < 0 ? axis + rank : axis
    if (own === 0) throw unsupported(layer, 'axis 0, the batch, cannot be exported')
    return [{ value: concat(values, rank === 2 ? axes[0] : axes[own]) }]
  }
  return {
    parameters: [],
    // of a vector, and of each axis of a sequence: [batch, time, n] is [time, batch, n] and, in training, [time, n, batch]
    inference: (inputs) => joined(inputs, [1, 0, 2]),
    training: (inputs) => joined(inputs, [0, 0, 1]),
  }
}
