import type { TiedDense } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { type ActivationName, activations } from '../graph/activations.js'
import type { Value } from '../graph/graph.js'
import { add, gemm, matMul, transpose } from '../graph/ops.js'
import { activationOf } from './activation-of.js'
import type { Lowering, Parameter } from './lowering.js'
import { parametersOf, stored, transposed } from './weights.js'

/**
 * Dense on a vector, and, as in tfjs, on each step of a sequence.
 * @param owner the layer that has the weights: `layer` itself, or the TimeDistributed around it
 */
export function dense(layer: tf.layers.Layer, owner = layer): Lowering {
  const activation = activate(layer)
  const parameters = parametersOf(owner, transposed)
  return {
    parameters,
    states: [],

    inference([{ value: x, masked }]) {
      const [kernel, bias] = parameters
      const k = stored(x.graph, kernel)
      const product = x.shape.length === 2 ? gemm(x, k, undefined, { transB: 1 }) : matMul(x, turned(k))
      return [{ value: activation(biased(product, bias)), masked }]
    },

    training([{ value: x, repeat, masked }], [w, b]) {
      if (x.shape.length === 2) return [{ value: activation(gemm(w, x, b)), repeat, masked }]
      const product = matMul(w, x)
      return [{ value: activation(b ? add(product, b) : product), masked }]
    },
  }
}

/**
 * Dense by the transpose of another layer's kernel: y = activation(Kᵀ x + b), K [units, inputs] as the other has it.
 * @param tied the other layer's lowering
 */
export function tiedDense(layer: TiedDense, tied: Lowering): Lowering {
  const activation = activate(layer)
  const [kernel] = tied.parameters
  const [bias] = parametersOf(layer, transposed)
  return {
    parameters: bias ? [kernel, bias] : [kernel],
    states: [],

    inference([{ value: x, masked }]) {
      return [{ value: activation(biased(matMul(x, stored(x.graph, kernel)), bias)), masked }]
    },

    training([{ value: x, repeat, masked }], [k, b]) {
      if (x.shape.length === 2) return [{ value: activation(gemm(k, x, b, { transA: 1 })), repeat, masked }]
      const product = matMul(turned(k), x)
      return [{ value: activation(b ? add(product, b) : product), masked }]
    },
  }
}

function activate(layer: tf.layers.Layer): (x: Value) => Value {
  const names = ['linear', ...Object.keys(activations)] as ('linear' | ActivationName)[]
  const activation = activationOf(layer, 'activation', names)
  return activation === 'linear' ? (x) => x : activations[activation].apply
}

const biased = (product: Value, bias?: Parameter): Value =>
  bias ? add(product, stored(product.graph, bias, [bias.shape[0]])) : product

const turned = (matrix: Value) => transpose(matrix, [1, 0])
