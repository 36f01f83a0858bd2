import * as tf from '@tensorflow/tfjs'
import { checkCount } from '../options.js'
import { type LayerArgs, only, type Shape } from './layer.js'

export type ColumnDenseArgs = LayerArgs & {
  /** Rows that it gives. */
  units: number
}

/**
 * Of each column a linear view of its own: [batch, time, n] → [batch, units, n]. Each row that it gives is a sum over
 * the column's rows, each times a weight, and a bias (the linear model of Zeng et al. 2023, Are Transformers Effective
 * for Time Series Forecasting?, with weights for each column).
 *
 * Weights: kernel [n, time, units] and bias [n, units].
 *
 * @throws TempocodeError `option` where units is no whole number above 0
 */
export class ColumnDense extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'ColumnDense'
  private readonly units: number
  private variables: tf.LayerVariable[] = []

  constructor(args: ColumnDenseArgs) {
    super(args)
    this.units = checkCount('units', args.units)
    this.inputSpec = [new tf.InputSpec({ ndim: 3 })]
  }

  override build(inputShape: Shape | Shape[]): void {
    const [, time, n] = inputShape as [number | null, number, number]
    this.variables = [
      this.addWeight('kernel', [n, time, this.units], 'float32', tf.initializers.glorotUniform({})),
      this.addWeight('bias', [n, this.units], 'float32', tf.initializers.zeros()),
    ]
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.units, (inputShape as Shape)[2]]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [kernel, bias] = this.variables.map((variable) => variable.read())
      const byColumn = tf.transpose(only(inputs), [2, 0, 1]) // [n, batch, time]
      return tf.transpose(tf.matMul(byColumn, kernel).add(tf.expandDims(bias, 1)), [1, 2, 0])
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.units }
  }
}

tf.serialization.registerClass(ColumnDense)
