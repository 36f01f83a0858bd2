import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { dense } from './dense.js'
import type { Lowering } from './lowering.js'
import { lstm } from './lstm.js'
import { repeatVector } from './repeat-vector.js'

// The layers that can be exported, by the name of their class.
const lowerings: Record<string, (layer: tf.layers.Layer) => Lowering> = {
  Dense: dense,
  LSTM: lstm,
  RepeatVector: repeatVector,
}

/** @throws TempocodeError `unsupported` where the layer or one of its options cannot be exported exactly */
export function lower(layer: tf.layers.Layer): Lowering {
  const name = layer.getClassName()
  if (name === 'TimeDistributed') {
    const inner = innerLayer(layer)
    if (inner.getClassName() === 'Dense') return dense(inner, layer) // ours is applied to each step anyway
    throw unsupported(layer, `${name} of ${inner.getClassName()}`)
  }
  if (!(name in lowerings)) throw unsupported(layer, name)
  return lowerings[name](layer)
}

/** The layer inside a wrapper such as TimeDistributed; else the layer itself. */
export const innerLayer = (layer: tf.layers.Layer): tf.layers.Layer =>
  'layer' in layer ? (layer.layer as tf.layers.Layer) : layer

function unsupported(layer: tf.layers.Layer, kind: string): TempocodeError {
  const known = [...Object.keys(lowerings), 'TimeDistributed of Dense'].join(', ')
  const message = `layer ${layer.name} is a ${kind}, which cannot be exported; use ${known}`
  return new TempocodeError('unsupported', message, { layer: layer.name })
}
