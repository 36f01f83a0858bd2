import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'

/** One application of a layer within a model. A layer that is applied twice has two calls. */
export interface Call {
  readonly layer: tf.layers.Layer
  readonly inputs: readonly tf.SymbolicTensor[]
  readonly outputs: readonly tf.SymbolicTensor[]
  /** The calls that give the inputs, each of them once. */
  readonly from: readonly Call[]
}

/**
 * The calls that lead from a model's inputs to its outputs, each behind those that it takes from: in the order of
 * `model.layers` where each layer is applied once. Applications of the same layers in other models are left out.
 *
 * @throws TempocodeError `model` where the model has no outputs yet
 */
export function callsOf(model: tf.LayersModel): readonly Call[] {
  if (model.outputs.length === 0) {
    throw new TempocodeError('model', `model ${model.name} has no outputs; add layers to it first`)
  }
  const known = new Map<tf.SymbolicTensor, Call>()
  const calls: Call[] = []
  const visit = (tensor: tf.SymbolicTensor): Call => {
    const before = known.get(tensor)
    if (before) return before
    const layer = tensor.sourceLayer
    const inputs = tensor.inputs
    const outputs = layer.inboundNodes[tensor.nodeIndex].outputTensors
    const call = { layer, inputs, outputs, from: [...new Set(inputs.map(visit))] }
    for (const output of outputs) known.set(output, call)
    calls.push(call)
    return call
  }
  model.outputs.forEach(visit)

  // Steps that follow a call at most: what has more of them stands further up.
  const depth = new Map(calls.map((call) => [call, 0]))
  for (const call of calls.toReversed()) {
    for (const source of call.from) depth.set(source, Math.max(depth.get(source)!, depth.get(call)! + 1))
  }
  const index = (call: Call) => model.layers.indexOf(call.layer)
  return calls.sort((a, b) => depth.get(b)! - depth.get(a)! || index(a) - index(b))
}
