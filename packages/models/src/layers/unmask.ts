import * as tf from '@tensorflow/tfjs'
import { type Kwargs, only } from './layer.js'

/**
 * Gives what it gets; a mask ends here. It stands between an encoder that skips padded rows and its decoders, which
 * generate every row.
 *
 * In Keras, RepeatVector ends a mask. tfjs hands the last mask that it met to every later layer, also to those whose
 * input has none: decoders would stop where the encoder's padding began.
 */
export class Unmask extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'Unmask'

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor {
    // The very object that tfjs hands from layer to layer.
    delete kwargs.mask
    return only(inputs)
  }
}

tf.serialization.registerClass(Unmask)
