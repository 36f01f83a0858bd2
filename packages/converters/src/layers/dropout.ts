import type * as tf from '@tensorflow/tfjs'
import { mul } from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import { type Lowering, refuseOptions } from './lowering.js'

/** Nothing in graphs that infer; in those that train, some values become 0 and the others larger, by a mask. */
export function dropout(layer: tf.layers.Layer): Lowering {
  refuseOptions(layer, ['noiseShape'])
  return {
    parameters: [],
    states: [],
    inference: (inputs) => inputs,
    training([{ value, repeat, masked }], _, batch) {
      if (!batch.training) return [{ value, repeat, masked }]
      const lengths = [...(repeat ? [repeat] : []), ...value.shape.slice(0, -1).map(fixed)]
      return [{ value: mul(value, batch.dropout(layer.name, lengths)), masked }]
    },
  }
}
