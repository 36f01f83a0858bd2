import * as tf from '@tensorflow/tfjs'
import { checkOneOf } from '../options.js'

/** What every layer of tfjs may be given: `name`, `trainable`, `inputShape` and the like. */
export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>

/** What tfjs hands to every layer beside its inputs. */
export type Kwargs = Record<string, unknown>

/** A shape of tfjs: null where it is not known yet. */
export type Shape = (number | null)[]

/** The activations that layers of our own have; all of them can be exported. */
export type ActivationName = 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'hardSigmoid'

/**
 * An activation of tfjs by its name.
 *
 * @throws TempocodeError `option` for another name
 */
export function activationNamed(option: string, name: ActivationName): (x: tf.Tensor) => tf.Tensor {
  checkOneOf(option, name, ['linear', 'relu', 'tanh', 'sigmoid', 'hardSigmoid'])
  const layer = tf.layers.activation({ activation: name })
  return (x) => layer.call(x, {}) as tf.Tensor
}

/** The one input of a layer, which tfjs hands over alone or in a list. */
export const only = <T>(inputs: T | T[]): T => (Array.isArray(inputs) ? inputs[0] : inputs)
