import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { dense } from './dense.js'
import { type LayerWeight, type Lowering, weightsOf } from './lowering.js'
import { lstm } from './lstm.js'
import { repeatVector } from './repeat-vector.js'

// The layers that can be exported, by the name of their class.
const lowerings: Record<string, Lowering<never>> = {
  Dense: dense,
  LSTM: lstm,
  RepeatVector: repeatVector,
}

/** How the layer becomes ONNX, and what of it the graph needs. */
export interface Lowered {
  lowering: Lowering
  options: unknown
  weights: LayerWeight[]
}

/** @throws TempocodeError `unsupported` where the layer or one of its options cannot be exported */
export function lowered(layer: tf.layers.Layer): Lowered {
  const name = layer.getClassName()
  // What a layer does to each step of a sequence is what ours do to a sequence anyway.
  const inner = name === 'TimeDistributed' ? (layer as tf.layers.Layer & { layer: tf.layers.Layer }).layer : layer
  const lowering = lowerings[inner.getClassName()] as Lowering | undefined
  if (!lowering || (inner !== layer && inner.getClassName() !== 'Dense')) {
    const kind = inner === layer ? name : `${name} of ${inner.getClassName()}`
    const known = [...Object.keys(lowerings), 'TimeDistributed of Dense', 'InputLayer'].join(', ')
    const message = `layer ${layer.name} is a ${kind}, which cannot be exported; use ${known}`
    throw new TempocodeError('unsupported', message, { layer: layer.name })
  }
  return { lowering, options: lowering.options(inner), weights: weightsOf(layer) }
}
