import * as tf from '@tensorflow/tfjs'
import { type ActivationName, activationNamed } from './layer.js'

/** kernel [n, 4 units], recurrent kernel [units, 4 units] and bias [4 units]; gates in Keras's order i, f, c, o. */
export type LstmWeights = [kernel: tf.Tensor, recurrentKernel: tf.Tensor, bias: tf.Tensor]

/** x [batch, n] and the state h, c, each [batch, units] → the next h and c. */
export type LstmStep = (
  x: tf.Tensor,
  h: tf.Tensor,
  c: tf.Tensor,
  weights: LstmWeights,
) => [tf.Tensor, tf.Tensor]

/**
 * One step of an LSTM, in the order of additions of tfjs's own LSTM, so that both give the same bits.
 *
 * @throws TempocodeError `option` where an activation is unknown
 */
export function lstmStep(activation: ActivationName, recurrentActivation: ActivationName): LstmStep {
  const activate = activationNamed('activation', activation)
  const gate = activationNamed('recurrentActivation', recurrentActivation)
  return (x, h, c, [kernel, recurrentKernel, bias]) => {
    const z = x.matMul(kernel).add(h.matMul(recurrentKernel)).add(bias)
    const [i, f, g, o] = tf.split(z, 4, 1)
    const next = gate(f)
      .mul(c)
      .add(gate(i).mul(activate(g)))
    return [gate(o).mul(activate(next)), next]
  }
}
