import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * Follows a network from its outputs back to its input and computes each tensor once.
 * @param input what the model's input becomes
 * @param apply what a layer makes of its inputs: one result for each of its outputs
 * @throws TempocodeError `unsupported` where the model has several inputs
 */
export function walk<T>(
  model: tf.LayersModel,
  input: T,
  apply: (layer: tf.layers.Layer, inputs: readonly T[]) => readonly T[],
): T[] {
  if (model.inputs.length !== 1) {
    const message = `model ${model.name} has ${model.inputs.length} inputs; models of one input can be exported`
    throw new TempocodeError('unsupported', message)
  }
  const done = new Map<number, T>([[model.inputs[0].id, input]])
  const compute = (tensor: tf.SymbolicTensor): T => {
    if (!done.has(tensor.id)) {
      const { outputTensors } = tensor.sourceLayer.inboundNodes[tensor.nodeIndex]
      const results = apply(tensor.sourceLayer, tensor.inputs.map(compute))
      outputTensors.forEach(({ id }, i) => {
        done.set(id, results[i])
      })
    }
    return done.get(tensor.id) as T
  }
  return model.outputs.map(compute)
}
