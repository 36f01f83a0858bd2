import type * as tf from '@tensorflow/tfjs'
import type { Attribute, Value } from '../graph/graph.js'
import { lstm as lstmOperator, squeeze } from '../graph/ops.js'
import { type ActivationName, activationOf, activations, HARD_SIGMOID } from './activations.js'
import { gatesToOnnx } from './gates.js'
import { type Lowering, refuseOptions, weightsOf } from './lowering.js'

interface LstmOptions {
  units: number
  activation: ActivationName
  recurrentActivation: ActivationName
  returnSequences: boolean
}

/** @throws TempocodeError `unsupported` for options that ONNX's LSTM or this lowering cannot honour */
export function lstm(layer: tf.layers.Layer): Lowering {
  const options = optionsOf(layer)
  const { units, returnSequences } = options
  return {
    inference(x: Value): Value {
      const { graph } = x
      const [kernel, recurrent, bias] = weightsOf(layer)
      const inputs = kernel.shape[0]
      const w = graph.constant(gatesToOnnx(kernel.data, inputs, units), [1, 4 * units, inputs])
      const r = graph.constant(gatesToOnnx(recurrent.data, units, units), [1, 4 * units, units])
      const biases = new Float32Array(8 * units) // tfjs has one bias, ONNX a second one on the recurrent side
      if (bias) biases.set(gatesToOnnx(bias.data, 1, units))
      const b = graph.constant(biases, [1, 8 * units])
      const { all, last } = lstmOperator([x, w, r, b], units, activationAttributes(options))
      return returnSequences ? squeeze(all, 1) : squeeze(last, 0)
    },
  }
}

function optionsOf(layer: tf.layers.Layer): LstmOptions {
  refuseOptions(layer, ['returnState', 'goBackwards', 'stateful'])
  const { units, activation, recurrentActivation, returnSequences } = layer.getConfig()
  const cell: ActivationName[] = ['tanh', 'relu', 'sigmoid']
  const gates: ActivationName[] = ['sigmoid', 'hardSigmoid']
  return {
    units: units as number,
    activation: activationOf(layer.name, 'activation', activation, cell),
    recurrentActivation: activationOf(layer.name, 'recurrentActivation', recurrentActivation, gates),
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
