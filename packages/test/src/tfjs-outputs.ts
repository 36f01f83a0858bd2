import type { Tensor } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'

/**
 * A network by tfjs's own layers, one after the other, as it computes while training: `model.apply` would draw what
 * Dropout leaves, and hands a mask on to layers behind its end. Masks go as in Keras: from Masking on, as long as a
 * layer gives a sequence.
 * @param draws what layers Dropout multiply their inputs by, under `LAYER/keep`
 * @returns the value of each of the model's tensors
 */
export function tfjsOutputs(
  model: tf.LayersModel,
  windows: tf.Tensor,
  draws: Readonly<Record<string, Tensor>> = {},
): (tensor: tf.SymbolicTensor) => tf.Tensor {
  const values = new Map([[model.inputs[0].id, windows]])
  const masks = new Map<number, tf.Tensor | undefined>()

  const call = (layer: tf.layers.Layer, inputs: tf.Tensor[], mask?: tf.Tensor): tf.Tensor[] => {
    if (layer.getClassName() === 'Dropout') {
      const { data, shape } = draws[`${layer.name}/keep`]
      return [tf.mul(inputs[0], tf.tensor(data as Float32Array, [...shape]))]
    }
    return [
      layer.apply(inputs.length === 1 ? inputs[0] : inputs, { training: true, mask }),
    ].flat() as tf.Tensor[]
  }

  const evaluate = ({ sourceLayer: layer, nodeIndex, inputs }: tf.SymbolicTensor) => {
    const given = inputs.map(compute)
    const mask = layer.getClassName() === 'Masking' ? maskOf(layer, given[0]) : masks.get(inputs[0].id)
    const results = call(layer, given, mask)
    const ends = layer.getClassName() === 'Unmask' || results[0].rank < 3
    layer.inboundNodes[nodeIndex].outputTensors.forEach(({ id }, i) => {
      values.set(id, results[i])
      masks.set(id, ends ? undefined : mask)
    })
  }

  const compute = (tensor: tf.SymbolicTensor): tf.Tensor => {
    if (!values.has(tensor.id)) evaluate(tensor)
    return values.get(tensor.id) as tf.Tensor
  }
  return compute
}

const maskOf = (masking: tf.layers.Layer, x: tf.Tensor) => masking.computeMask(x) as tf.Tensor
