import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'

/**
 * The part of an autoencoder that is kept: from its input to the code, the tensor that goes into RepeatVector.
 * It shares the autoencoder's layers, so training the one trains the other.
 *
 * @returns a model [batch, window, columns] → [batch, features]
 * @throws TempocodeError `model` where the model has no RepeatVector layer
 */
export function encoderOf(model: tf.LayersModel): tf.LayersModel {
  const repeat = model.layers.find((layer) => layer.getClassName() === 'RepeatVector')
  if (!repeat) {
    const names = model.layers.map((layer) => layer.name).join(', ')
    throw new TempocodeError(
      'model',
      `model ${model.name} has no RepeatVector layer to cut it at; its layers are ${names}`,
    )
  }
  return tf.model({
    name: `${model.name}_encoder`,
    inputs: model.inputs,
    outputs: repeat.input as tf.SymbolicTensor,
  })
}
