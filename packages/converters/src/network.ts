import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * Follows a network from its outputs back to its input and computes each tensor once.
 * @param input what the model's input becomes
 * @param apply what a layer makes of its input
 * @throws TempocodeError `unsupported` where the model has several inputs or a layer takes several tensors
 */
export function walk<T>(model: tf.LayersModel, input: T, apply: (layer: tf.layers.Layer, x: T) => T): T[] {
  if (model.inputs.length !== 1) {
    const message = `model ${model.name} has ${model.inputs.length} inputs; models of one input can be exported`
    throw new TempocodeError('unsupported', message)
  }
  const done = new Map<number, T>([[model.inputs[0].id, input]])
  const compute = (tensor: tf.SymbolicTensor): T => {
    const known = done.get(tensor.id)
    if (known !== undefined) return known
    const layer = tensor.sourceLayer
    if (tensor.inputs.length !== 1) {
      const message = `layer ${layer.name} takes ${tensor.inputs.length} tensors; layers of one can be exported`
      throw new TempocodeError('unsupported', message, { layer: layer.name })
    }
    const result = apply(layer, compute(tensor.inputs[0]))
    done.set(tensor.id, result)
    return result
  }
  return model.outputs.map(compute)
}
