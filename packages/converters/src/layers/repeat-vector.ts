import type * as tf from '@tensorflow/tfjs'
import { expand, unsqueeze } from '../graph/ops.js'
import type { Lowering } from './lowering.js'

/** The vector at each of `n` steps. */
export function repeatVector(layer: tf.layers.Layer): Lowering {
  const n = layer.getConfig().n as number
  return {
    parameters: [],
    inference: ([{ value }]) => [{ value: expand(unsqueeze(value, 0), [n, ...value.shape]) }],
    training: ([{ value }]) => [{ value, repeat: n }],
  }
}
