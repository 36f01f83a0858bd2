import * as tf from '@tensorflow/tfjs'
import type { LossName } from '../fit/settings.js'

/** The loss of each value, of its error: predicted − target. */
export const errorLoss: Record<LossName, (error: tf.Tensor) => tf.Tensor> = {
  mse: (error) => tf.square(error),
  mae: (error) => tf.abs(error),
  /** With δ = 1: e²/2 where |e| ≤ 1, else |e| − 1/2; so with m = min(|e|, 1), m |e| − m²/2. */
  huber: (error) => {
    const size = tf.abs(error)
    const m = tf.minimum(size, 1)
    return tf.sub(tf.mul(m, size), tf.mul(0.5, tf.square(m)))
  },
}

/** The pinball loss of a quantile q (Koenker & Bassett 1978), of the error: max(−q e, (1 − q) e). */
export const pinballLoss = (q: number, error: tf.Tensor): tf.Tensor =>
  tf.maximum(tf.mul(error, -q), tf.mul(error, 1 - q))
