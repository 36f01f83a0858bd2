import type * as tf from '@tensorflow/tfjs'
import { activationOf } from './activation-of.js'
import type { CellOptions } from './cell.js'
import { refuseOptions } from './lowering.js'

/** What LSTM and GRU layers have in common. */
export interface RecurrentOptions extends CellOptions {
  returnSequences: boolean
  returnState: boolean
  goBackwards: boolean
}

/** @throws TempocodeError `unsupported` for options that ONNX's operators or this lowering cannot honour */
export function recurrentOptions(layer: tf.layers.Layer): RecurrentOptions {
  refuseOptions(layer, ['stateful'])
  const { units, returnSequences, returnState, goBackwards } = layer.getConfig()
  return {
    units: units as number,
    activation: activationOf(layer, 'activation', ['tanh', 'relu', 'sigmoid']),
    recurrentActivation: activationOf(layer, 'recurrentActivation', ['sigmoid', 'hardSigmoid']),
    returnSequences: Boolean(returnSequences),
    returnState: Boolean(returnState),
    goBackwards: Boolean(goBackwards),
  }
}
