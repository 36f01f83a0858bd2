import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { expand, unsqueeze } from '../graph/ops.js'
import type { Lowering } from './lowering.js'

/** The vector at each of `n` steps. */
export function repeatVector(layer: tf.layers.Layer): Lowering {
  const n = layer.getConfig().n as number
  return {
    parameters: [],
    inference: (x: Value) => expand(unsqueeze(x, 0), [n, ...x.shape]),
    training: ({ value }) => ({ value, repeat: n }),
  }
}
