import * as tf from '@tensorflow/tfjs'
import { only } from './layer.js'

/**
 * Turns sequences round: [batch, time, n] → [batch, time, n] with the last step first.
 *
 * It stands after a decoder that generates a window backwards (Srivastava et al. 2015), so that the network's output
 * is in the window's own order. A mask ends here.
 */
export class ReverseTime extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'ReverseTime'

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.reverse(only(inputs), 1)
  }
}

tf.serialization.registerClass(ReverseTime)
