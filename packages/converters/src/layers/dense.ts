import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { add, matMul } from '../graph/ops.js'
import { type ActivationName, activationOf, activations } from './activations.js'
import { type Lowering, weightsOf } from './lowering.js'

/** Dense on a vector, and, as in tfjs, on each step of a sequence. */
export function dense(layer: tf.layers.Layer): Lowering {
  const allowed = Object.keys(activations) as ActivationName[]
  const activation = activationOf(layer.name, 'activation', layer.getConfig().activation, allowed)
  return {
    inference(x: Value): Value {
      const [kernel, bias] = weightsOf(layer)
      const product = matMul(x, x.graph.constant(kernel.data, kernel.shape))
      const sum = bias ? add(product, x.graph.constant(bias.data, bias.shape)) : product
      return activations[activation].apply(sum)
    },
  }
}
