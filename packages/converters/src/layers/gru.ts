import type * as tf from '@tensorflow/tfjs'
import type { Cell } from './cell.js'
import { gruCell } from './gru-cell.js'
import { recurrentOptions } from './recurrent-options.js'
import { flat, parametersOf, transposed } from './weights.js'

/**
 * The cell of a GRU layer. ONNX and Keras have the gates in the same order.
 * @param resetAfter whether the reset gate acts after the product with R: not in tfjs's own GRU, but in Keras's
 */
export function gru(layer: tf.layers.Layer, resetAfter: boolean): Cell {
  const options = recurrentOptions(layer)
  return {
    type: 'GRU',
    options,
    parameters: parametersOf(layer, (shape, name) =>
      (resetAfter && name === 'bias' ? flat : transposed)(shape),
    ),
    attributes: resetAfter ? { linear_before_reset: 1 } : {},
    training: (x, [w, r, b], run, batch) => gruCell(x, { w, r, b }, { ...options, resetAfter }, run, batch),
  }
}
