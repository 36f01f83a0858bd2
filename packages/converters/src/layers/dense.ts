import type { Value } from '../graph/graph.js'
import { add, matMul } from '../graph/ops.js'
import { type ActivationName, activationOf, activations } from './activations.js'
import type { LayerWeight, Lowering } from './lowering.js'

export interface DenseOptions {
  activation: ActivationName
}

/** Dense on a vector, and, as in tfjs, on each step of a sequence. */
export const dense: Lowering<DenseOptions> = {
  options(layer) {
    const allowed = Object.keys(activations) as ActivationName[]
    return { activation: activationOf(layer.name, 'activation', layer.getConfig().activation, allowed) }
  },

  inference(x: Value, [kernel, bias]: readonly LayerWeight[], { activation }: DenseOptions): Value {
    const product = matMul(x, x.graph.constant(kernel.data, kernel.shape))
    const sum = bias ? add(product, x.graph.constant(bias.data, bias.shape)) : product
    return activations[activation].apply(sum)
  },
}
