import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { reshape, reverse, transpose } from '../graph/ops.js'
import { everyStep, type Lowering, refusePadding, unsupported } from './lowering.js'

/** Flatten and Reshape: a window [time, columns] as the vector of its rows one after the other, and back. */
export function reshaped(layer: tf.layers.Layer): Lowering {
  const lengths = (layer.outputShape as tf.Shape).slice(1) as number[]
  if (lengths.length > 2) throw unsupported(layer, `the shape [${lengths.join(', ')}] cannot be exported`)
  const n = lengths.reduce((a, b) => a * b, 1)
  return {
    parameters: [],
    inference([{ value }]) {
      const rows = isSequence(value) ? transpose(value, [1, 0, 2]) : value
      const flat = reshape(rows, [rows.shape[0], n])
      if (lengths.length === 1) return [{ value: flat }]
      return [{ value: transpose(reshape(flat, [rows.shape[0], ...lengths]), [1, 0, 2]) }]
    },
    // The batch is the last axis: the elements of all windows stay where they are.
    training([x]) {
      const value = everyStep(x)
      return [{ value: reshape(value, [...lengths, value.shape[value.shape.length - 1]]) }]
    },
  }
}

const isSequence = (value: Value) => value.shape.length === 3

/** The last step first. A padded sequence would start with its padding. */
export function reverseTime(layer: tf.layers.Layer): Lowering {
  const apply = (x: Value) => reverse(x, 0)
  return {
    parameters: [],
    inference([x]) {
      refusePadding(layer, [x], 'reversed')
      return [{ value: apply(x.value) }]
    },
    training([x]) {
      refusePadding(layer, [x], 'reversed')
      if (x.repeat) return [x]
      return x.value.graph
        .block(
          [x.value],
          () => [apply(x.value)],
          ([dy]) => [dy && apply(dy)],
        )
        .map((value) => ({ value }))
    },
  }
}
