import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import type { Shape } from './layer.js'

/** As for tf.layers.gru, but `recurrentActivation` is `sigmoid` by default; no dropout within the layer. */
export type ResetAfterGruArgs = tf.GRULayerArgs

/** One step of ResetAfterGru: [x, h] → [h, h]. */
class ResetAfterGruCell extends tf.layers.RNNCell {
  /** @nocollapse */
  static className = 'ResetAfterGRUCell'
  readonly stateSize: number
  /** tfjs's own cell, for its reading and writing of options; it has no weights and computes nothing. */
  private readonly options: ReturnType<typeof tf.layers.gruCell>
  private variables: tf.LayerVariable[] = []

  constructor(args: tf.GRUCellLayerArgs) {
    super(args)
    this.options = tf.layers.gruCell({ recurrentActivation: 'sigmoid', ...args, resetAfter: false })
    this.stateSize = this.options.units
    if (this.options.dropout || this.options.recurrentDropout) {
      throw new TempocodeError('unsupported', `layer ${this.name}: ResetAfterGRU has no dropout within it`, {
        layer: this.name,
      })
    }
  }

  override build(inputShape: Shape | Shape[]): void {
    const { units, useBias, ...of } = this.options
    const weight = (
      name: string,
      shape: number[],
      initializer: typeof of.kernelInitializer,
      regularizer: typeof of.kernelRegularizer,
      constraint: typeof of.kernelConstraint,
    ) => this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint)
    const columns = (inputShape as number[]).at(-1)!
    this.variables = [
      weight('kernel', [columns, 3 * units], of.kernelInitializer, of.kernelRegularizer, of.kernelConstraint),
      weight(
        'recurrent_kernel',
        [units, 3 * units],
        of.recurrentInitializer,
        of.recurrentRegularizer,
        of.recurrentConstraint,
      ),
    ]
    if (useBias) {
      this.variables.push(
        weight('bias', [2, 3 * units], of.biasInitializer, of.biasRegularizer, of.biasConstraint),
      )
    }
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    return tf.tidy(() => {
      const [x, h] = inputs as tf.Tensor2D[]
      const [kernel, recurrentKernel, bias] = this.variables.map((variable) => variable.read())
      let fromInput: tf.Tensor = x.matMul(kernel)
      let fromState: tf.Tensor = h.matMul(recurrentKernel)
      if (bias) {
        const [inputBias, recurrentBias] = tf.unstack(bias)
        fromInput = fromInput.add(inputBias)
        fromState = fromState.add(recurrentBias)
      }
      const [xz, xr, xh] = tf.split(fromInput, 3, 1)
      const [hz, hr, hh] = tf.split(fromState, 3, 1)
      const gate = (sum: tf.Tensor) => this.options.recurrentActivation.apply(sum)
      const z = gate(xz.add(hz))
      const candidate = this.options.activation.apply(xh.add(gate(xr.add(hr)).mul(hh)))
      const output = z.mul(h).add(tf.sub(1, z).mul(candidate))
      return [output, output]
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.options.getConfig(), ...super.getConfig(), resetAfter: true }
  }
}

/**
 * Keras's GRU with its default `reset_after=true`, which tfjs does not have and which is what cuDNN and ONNX
 * (`linear_before_reset`) compute: [batch, time, n] → [batch, units], or [batch, time, units] with `returnSequences`.
 *
 *     z = σ(x Wz + bz + h Uz + sz)      r = σ(x Wr + br + h Ur + sr)
 *     g = activation(x Wh + bh + r ∘ (h Uh + sh))      h = z ∘ h + (1 − z) ∘ g
 *
 * Weights as in Keras: kernel W [n, 3 units], recurrent_kernel U [units, 3 units], bias [2, 3 units], whose first row
 * is b and whose second is s; the gates in the order z, r, h.
 *
 * @throws TempocodeError `unsupported` where dropout or recurrentDropout is above 0
 */
export class ResetAfterGru extends tf.RNN {
  /** @nocollapse */
  static override className = 'ResetAfterGRU'

  constructor(args: ResetAfterGruArgs) {
    super({ ...args, cell: new ResetAfterGruCell(args) })
  }

  /** tf.RNN would look for a cell among the options. */
  static override fromConfig<T extends tf.serialization.Serializable>(
    type: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new type(config)
  }
}

tf.serialization.registerClass(ResetAfterGru)
