import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * An option of a layer that names an activation.
 * @throws TempocodeError `unsupported` where it is none of those allowed
 */
export function activationOf<Name extends string>(
  layer: tf.layers.Layer,
  option: string,
  allowed: readonly Name[],
): Name {
  const received = layer.getConfig()[option]
  const found = allowed.find((name) => name === received)
  if (found) return found
  const message = `layer ${layer.name}: ${option} "${received}" cannot be exported; use one of ${allowed.join(', ')}`
  throw new TempocodeError('unsupported', message, { layer: layer.name })
}
