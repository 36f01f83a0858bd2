import type * as tf from '@tensorflow/tfjs'
import { modelError } from './inference-file.js'

/**
 * The sizes of an encoder.
 * @throws TempocodeError `model` where its input is no window or its output no vector
 */
export function encoderSizes(model: tf.LayersModel) {
  const [{ shape: input }] = model.inputs
  const [, window, columns] = input
  if (input.length !== 3 || !window || !columns) {
    throw modelError(model, ['an encoder', 'takes'], input, '[batch, window, columns]')
  }
  const [{ shape: output }] = model.outputs
  const [, features] = output
  if (model.outputs.length !== 1 || output.length !== 2 || !features) {
    throw modelError(model, ['an encoder', 'gives'], output, 'one output [batch, features]')
  }
  return { window, columns, features }
}
