import type * as tf from '@tensorflow/tfjs'

/** What stands in the padding of sequences that tfjs is given: so far from all scaled values that none of them is it. */
export const MASK_VALUE = -1e9

/** Whether a model has a Masking layer: its windows are sequences of different lengths, padded at their ends. */
export const isMasked = (model: tf.LayersModel): boolean =>
  model.layers.some((layer) => layer.getClassName() === 'Masking')
