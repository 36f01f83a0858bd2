import type * as tf from '@tensorflow/tfjs'
import { activations, HARD_SIGMOID } from '../graph/activations.js'
import type { Attribute, Value } from '../graph/graph.js'
import { lstm as lstmOperator, squeeze } from '../graph/ops.js'
import { activationOf } from './activation-of.js'
import { type Lowering, refuseOptions } from './lowering.js'
import { type LstmOptions, lstmCell } from './lstm-cell.js'
import { gates, parametersOf } from './weights.js'

/** @throws TempocodeError `unsupported` for options that ONNX's LSTM or this lowering cannot honour */
export function lstm(layer: tf.layers.Layer): Lowering {
  const options = optionsOf(layer)
  const { units, returnSequences } = options
  const parameters = parametersOf(layer, gates)
  return {
    parameters,

    inference(x: Value): Value {
      const { graph } = x
      const [w, r, b] = parameters.map(({ read }) => read())
      const biases = new Float32Array(8 * units) // tfjs has one bias, ONNX a second one on the recurrent side
      if (b) biases.set(b)
      const inputs = [
        x,
        graph.constant(w, [1, ...parameters[0].shape]),
        graph.constant(r, [1, ...parameters[1].shape]),
        graph.constant(biases, [1, 8 * units]),
      ]
      const { all, last } = lstmOperator(inputs, units, activationAttributes(options))
      return returnSequences ? squeeze(all, 1) : squeeze(last, 0)
    },

    training: (x, [w, r, b], batch) => ({ value: lstmCell(x, { w, r, b }, options, batch) }),
  }
}

function optionsOf(layer: tf.layers.Layer): LstmOptions {
  refuseOptions(layer, ['returnState', 'goBackwards', 'stateful'])
  const { units, returnSequences } = layer.getConfig()
  return {
    units: units as number,
    activation: activationOf(layer, 'activation', ['tanh', 'relu', 'sigmoid']),
    recurrentActivation: activationOf(layer, 'recurrentActivation', ['sigmoid', 'hardSigmoid']),
    returnSequences: returnSequences as boolean,
  }
}

/** Left out where they are ONNX's defaults, sigmoid and tanh: some devices run those alone. */
function activationAttributes({ activation, recurrentActivation }: LstmOptions): Record<string, Attribute> {
  if (activation === 'tanh' && recurrentActivation === 'sigmoid') return {}
  const names = [recurrentActivation, activation, activation].map((name) => activations[name].recurrentName)
  const attributes: Record<string, Attribute> = { activations: { strings: names } }
  if (recurrentActivation === 'hardSigmoid') {
    attributes.activation_alpha = { floats: [HARD_SIGMOID.slope] }
    attributes.activation_beta = { floats: [HARD_SIGMOID.offset] }
  }
  return attributes
}
