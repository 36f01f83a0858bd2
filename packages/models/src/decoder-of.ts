import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { codeOf } from './code.js'
import type { CodeOptions } from './encoder-of.js'
import { checkOptions } from './options.js'

/**
 * The other part of an autoencoder: from the code to what the autoencoder gives, all heads of it. It shares the
 * autoencoder's layers, so training the one trains the other. A decoder with tied weights cannot be saved on its own:
 * its kernels are the encoder's.
 *
 * @returns a model [batch, features] → the outputs of `model`
 * @throws TempocodeError `model` where the model has no code, or its outputs need more than the code
 */
export function decoderOf(model: tf.LayersModel, options: CodeOptions = {}): tf.LayersModel {
  checkOptions('decoderOf', options, ['code'])
  const code = codeOf(model, options.code)
  const input = tf.input({ name: 'features', shape: [code.shape[1]] })
  const done = new Map([[code, input]])
  for (const tensor of between(code, model)) {
    if (done.has(tensor)) continue // another output of its layer was met before
    const inputs = tensor.inputs.map((source) => done.get(source)!)
    const outputs = [tensor.sourceLayer.apply(inputs)].flat() as tf.SymbolicTensor[]
    const { outputTensors } = tensor.sourceLayer.inboundNodes[tensor.nodeIndex]
    outputTensors.forEach((output, i) => {
      done.set(output, outputs[i])
    })
  }
  const outputs = model.outputs.map((output) => done.get(output)!)
  return tf.model({ name: `${model.name}_decoder`, inputs: input, outputs })
}

/** The tensors from the code, itself left out, to the model's outputs, each behind those that it is made of. */
function between(code: tf.SymbolicTensor, model: tf.LayersModel): Set<tf.SymbolicTensor> {
  const tensors = new Set<tf.SymbolicTensor>()
  const visit = (tensor: tf.SymbolicTensor, readers: readonly string[]) => {
    if (tensor === code || tensors.has(tensor)) return
    const way = [tensor.sourceLayer.name, ...readers]
    if (tensor.inputs.length === 0) {
      throw new TempocodeError(
        'model',
        `model ${model.name} has no decoder that needs the code alone (the output of ${code.sourceLayer.name}): ` +
          `another way from its input to its output is ${way.join(', ')}`,
      )
    }
    for (const source of tensor.inputs) visit(source, way)
    tensors.add(tensor)
  }
  for (const output of model.outputs) visit(output, [])
  return tensors
}
