import * as tf from '@tensorflow/tfjs'
import { checkCount } from '../options.js'
import type { ActivationName, LayerArgs, Shape } from './layer.js'
import { type LstmStep, type LstmWeights, lstmStep } from './lstm-step.js'

export type LstmFromStateArgs = LayerArgs & {
  units: number
  /** Activation of cell input and output. Default tanh. */
  activation?: ActivationName
  /** Activation of the gates. Default sigmoid. */
  recurrentActivation?: ActivationName
}

/**
 * An LSTM that starts from a given state: [x, h₀, c₀], of shapes [batch, time, n] and twice [batch, units] →
 * [batch, time, units]. Weights, gates and bits are those of tfjs's LSTM; masks are ignored.
 *
 * tfjs's own LSTM takes an `initialState` too, but cannot be trained with it where another recurrent layer follows:
 * tfjs hands the state on to that layer as well, which then refuses it.
 *
 * @throws TempocodeError `option` where units is no whole number above 0 or an activation is unknown
 */
export class LstmFromState extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'LSTMFromState'
  private readonly options: { units: number; activation: ActivationName; recurrentActivation: ActivationName }
  private readonly step: LstmStep
  private variables: tf.LayerVariable[] = []

  constructor(args: LstmFromStateArgs) {
    super(args)
    const { units, activation = 'tanh', recurrentActivation = 'sigmoid' } = args
    this.options = { units: checkCount('units', units), activation, recurrentActivation }
    this.step = lstmStep(activation, recurrentActivation)
    const state = new tf.InputSpec({ shape: [null, units] })
    this.inputSpec = [new tf.InputSpec({ ndim: 3 }), state, state]
  }

  override build(inputShape: Shape | Shape[]): void {
    const { units } = this.options
    const n = (inputShape as number[][])[0][2]
    this.variables = [
      this.addWeight('kernel', [n, 4 * units], 'float32', tf.initializers.glorotUniform({})),
      this.addWeight('recurrent_kernel', [units, 4 * units], 'float32', tf.initializers.orthogonal({})),
      this.addWeight('bias', [4 * units], 'float32', tf.initializers.zeros()),
    ]
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, time] = (inputShape as Shape[])[0]
    return [batch, time, this.options.units]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const weights = this.variables.map((variable) => variable.read()) as LstmWeights
      let [x, h, c] = inputs as tf.Tensor[]
      const outputs = tf.unstack(x, 1).map((row) => {
        ;[h, c] = this.step(row, h, c, weights)
        return h
      })
      return tf.stack(outputs, 1)
    })
  }

  /** The options of an LSTM of tfjs that does the same. */
  override getConfig(): tf.serialization.ConfigDict {
    const { units, activation, recurrentActivation } = this.options
    return {
      ...super.getConfig(),
      units,
      activation,
      recurrentActivation,
      useBias: true,
      returnSequences: true,
      returnState: false,
      goBackwards: false,
    }
  }
}

tf.serialization.registerClass(LstmFromState)
