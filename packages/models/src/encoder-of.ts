import * as tf from '@tensorflow/tfjs'
import { codeOf } from './code.js'
import { checkOptions } from './options.js'

export interface CodeOptions {
  /** The name of the layer whose output is the code; needed only where `codeOf` would find another one. */
  code?: string
}

/**
 * The part of an autoencoder that is kept: from its input to the code, the tensor that `codeOf` finds. It shares the
 * autoencoder's layers, so training the one trains the other.
 *
 * @returns a model [batch, window, columns] → [batch, features]
 * @throws TempocodeError `model` where the model has no code
 */
export function encoderOf(model: tf.LayersModel, options: CodeOptions = {}): tf.LayersModel {
  checkOptions('encoderOf', options, ['code'])
  const outputs = codeOf(model, options.code)
  return tf.model({ name: `${model.name}_encoder`, inputs: model.inputs, outputs })
}
