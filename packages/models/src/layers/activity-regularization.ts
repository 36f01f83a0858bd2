import * as tf from '@tensorflow/tfjs'
import { checkNotNegative } from '../options.js'
import { type LayerArgs, only } from './layer.js'

/** `l1` weighs the size of what passes; default 0. */
export type ActivityRegularizationArgs = LayerArgs & { l1?: number }

/**
 * Gives what it gets, and marks it as what an L1 penalty keeps small: a sparse code.
 *
 * Keras's layer of this name. Training adds `l1` · Σ|x| / batch to the loss, as Keras does; the layer itself carries no
 * loss, because tfjs's layers have none that depend on what passes through them.
 *
 * @throws TempocodeError `option` where `l1` is below 0 or no number
 */
export class ActivityRegularization extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'ActivityRegularization'
  readonly l1: number

  constructor(args: ActivityRegularizationArgs = {}) {
    super(args)
    this.l1 = checkNotNegative('l1', args.l1 ?? 0)
    this.supportsMasking = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return only(inputs)
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), l1: this.l1 }
  }
}

tf.serialization.registerClass(ActivityRegularization)
