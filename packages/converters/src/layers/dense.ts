import type * as tf from '@tensorflow/tfjs'
import { type ActivationName, activations } from '../graph/activations.js'
import type { Value } from '../graph/graph.js'
import { add, gemm, matMul } from '../graph/ops.js'
import { activationOf } from './activation-of.js'
import type { Lowering } from './lowering.js'
import { parametersOf, transposed } from './weights.js'

/**
 * Dense on a vector, and, as in tfjs, on each step of a sequence.
 * @param owner the layer that has the weights: `layer` itself, or the TimeDistributed around it
 */
export function dense(layer: tf.layers.Layer, owner = layer): Lowering {
  const names = ['linear', ...Object.keys(activations)] as ('linear' | ActivationName)[]
  const activation = activationOf(layer, 'activation', names)
  const apply = activation === 'linear' ? (x: Value) => x : activations[activation].apply
  const parameters = parametersOf(owner, transposed)
  return {
    parameters,

    inference(x: Value): Value {
      const { graph } = x
      const [kernel, bias] = owner
        .getWeights()
        .map((weight) => ({ data: weight.dataSync(), shape: weight.shape }))
      const product = matMul(x, graph.constant(kernel.data, kernel.shape))
      return apply(bias ? add(product, graph.constant(bias.data, bias.shape)) : product)
    },

    training({ value: x, repeat }, [w, b]) {
      if (x.shape.length === 2) return { value: apply(gemm(w, x, b)), repeat }
      const product = matMul(w, x)
      return { value: apply(b ? add(product, b) : product) }
    },
  }
}
