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
    training: (x, [w, r, b], run, batch) => lstmCell(x, { w, r, b }, options, run, batch),
  }
}
