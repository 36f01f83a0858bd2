import * as tf from '@tensorflow/tfjs'
import { checkCount } from '../options.js'
import type { ActivationName, LayerArgs, Shape } from './layer.js'
import { type LstmStep, type LstmWeights, lstmStep } from './lstm-step.js'

export type ConditionalDecoderArgs = LayerArgs & {
  /** Of its LSTM; those of the encoder that it starts from. */
  units: number
  /** Rows to generate. */
  steps: number
  /** Values in a row. */
  columns: number
  /** Activation of cell input and output. Default tanh. */
  activation?: ActivationName
  /** Activation of the gates. Default sigmoid. */
  recurrentActivation?: ActivationName
}

/**
 * A decoder that is fed its own last output: the conditional decoder of Srivastava et al. 2015, section 2.3.
 * [h₀, c₀], each [batch, units], the encoder's final state → [batch, steps, columns].
 *
 *     y₀ = h₀ · D + d
 *     hₜ, cₜ = LSTM(yₜ₋₁, hₜ₋₁, cₜ₋₁)      yₜ = hₜ · D + d, a row of the output
 *
 * Weights: kernel [columns, 4 units], recurrent_kernel [units, 4 units], bias [4 units], gates in Keras's order i, f, c,
 * o; dense_kernel D [units, columns], dense_bias d [columns].
 *
 * @throws TempocodeError `option` where a size is no whole number above 0 or an activation is unknown
 */
export class ConditionalDecoder extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'ConditionalDecoder'
  private readonly options: Required<Omit<ConditionalDecoderArgs, keyof LayerArgs>>
  private readonly step: LstmStep
  private variables: tf.LayerVariable[] = []

  constructor(args: ConditionalDecoderArgs) {
    super(args)
    const { units, steps, columns, activation = 'tanh', recurrentActivation = 'sigmoid' } = args
    checkCount('units', units)
    checkCount('steps', steps)
    checkCount('columns', columns)
    this.options = { units, steps, columns, activation, recurrentActivation }
    this.step = lstmStep(activation, recurrentActivation)
    this.inputSpec = [0, 1].map(() => new tf.InputSpec({ shape: [null, units] }))
  }

  override build(): void {
    const { units, columns } = this.options
    const { glorotUniform, orthogonal, zeros } = tf.initializers
    this.variables = [
      this.addWeight('kernel', [columns, 4 * units], 'float32', glorotUniform({})),
      this.addWeight('recurrent_kernel', [units, 4 * units], 'float32', orthogonal({})),
      this.addWeight('bias', [4 * units], 'float32', zeros()),
      this.addWeight('dense_kernel', [units, columns], 'float32', glorotUniform({})),
      this.addWeight('dense_bias', [columns], 'float32', zeros()),
    ]
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape[])[0][0], this.options.steps, this.options.columns]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const weights = this.variables.map((variable) => variable.read())
      const [denseKernel, denseBias] = weights.slice(3)
      const row = (h: tf.Tensor) => h.matMul(denseKernel).add(denseBias)
      let [h, c] = inputs as tf.Tensor[]
      let y = row(h)
      const rows = Array.from({ length: this.options.steps }, () => {
        ;[h, c] = this.step(y, h, c, weights.slice(0, 3) as LstmWeights)
        y = row(h)
        return y
      })
      return tf.stack(rows, 1)
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options }
  }
}

tf.serialization.registerClass(ConditionalDecoder)
