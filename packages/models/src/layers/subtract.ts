import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import type { Shape } from './layer.js'

/**
 * Of two tensors the first without the second: [a, b] → a − b. Keras's layer of this name, which tfjs lacks. Where
 * b has one row and a several, it is taken from each of them.
 *
 * @throws TempocodeError `model` where the shapes do not fit
 */
export class Subtract extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'Subtract'

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [a, b] = inputShape as Shape[]
    const fits = a.length === b.length && a.every((length, i) => i === 0 || b[i] === length || b[i] === 1)
    if (fits) return a
    const [first, second] = [a, b].map(([, ...lengths]) => `[${['batch', ...lengths].join(', ')}]`)
    const message = `layer ${this.name}: ${second} cannot be subtracted from ${first}`
    throw new TempocodeError('model', message, { layer: this.name })
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [a, b] = inputs as tf.Tensor[]
    return tf.sub(a, b)
  }
}

tf.serialization.registerClass(Subtract)
