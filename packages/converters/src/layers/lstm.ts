import type * as tf from '@tensorflow/tfjs'
import type { Cell } from './cell.js'
import { lstmCell } from './lstm-cell.js'
import { recurrentOptions } from './recurrent-options.js'
import { gates, parametersOf } from './weights.js'

/** The cell of an LSTM layer. */
export function lstm(layer: tf.layers.Layer): Cell {
  const options = recurrentOptions(layer)
  return {
    type: 'LSTM',
    options,
    parameters: parametersOf(layer, gates),
    attributes: {},
    biases(bias) {
      const biases = new Float32Array(8 * options.units) // tfjs has one bias, ONNX a second one on the recurrent side
      if (bias) biases.set(bias)
      return biases
    },
    training: (x, [w, r, b], run, batch) => lstmCell(x, { w, r, b }, options, run, batch),
  }
}
