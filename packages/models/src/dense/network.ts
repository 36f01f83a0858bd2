import * as tf from '@tensorflow/tfjs'
import { ActivityRegularization } from '../layers/activity-regularization.js'
import { Crop } from '../layers/crop.js'
import { Subtract } from '../layers/subtract.js'
import { TiedDense } from '../layers/tied-dense.js'
import { seeded } from '../seeded.js'
import type { DenseAutoencoderOptions } from './options.js'

/**
 * An autoencoder of dense layers: [batch, window, columns] → [batch, window, columns].
 *
 *     last, changes           where it is relative: the window's last row, and the window without it
 *     flatten                 the window as one vector, [batch, window · columns]
 *     encoder_1 … encoder_n   Dense, with dropout_1 … between them; the last one's output is the code
 *     code                    marks the code for the L1 penalty, where there is one
 *     decoder_1 … decoder_n   Dense, of the encoder's sizes in reverse; the last one is linear. Where they are tied,
 *                             decoder_1 uses the kernel of encoder_n, and so on
 *     reconstruction          the vector as a window again; where it is relative, that is `steps`, to which the last row
 *                             is added
 */
export function denseNetwork(name: string, options: Required<DenseAutoencoderOptions>): tf.LayersModel {
  const { window, columns, units, activation, tied, dropout, l1, relative, seed } = options
  const depth = units.length
  return seeded(seed, (apply) => {
    const input = tf.input({ name: 'window', shape: [window, columns] })
    const last = relative ? apply(new Crop({ name: 'last', rows: [-1] }), input) : undefined
    let x = last ? apply(new Subtract({ name: 'changes' }), [input, last]) : input
    x = apply(tf.layers.flatten({ name: 'flatten' }), x)
    units.forEach((count, i) => {
      x = apply(tf.layers.dense({ name: `encoder_${i + 1}`, units: count, activation }), x)
      const last = i === depth - 1
      if (dropout > 0 && !last) x = apply(tf.layers.dropout({ name: `dropout_${i + 1}`, rate: dropout }), x)
    })
    if (l1 > 0) x = apply(new ActivityRegularization({ name: 'code', l1 }), x)

    const sizes = [window * columns, ...units].slice(0, depth).reverse()
    sizes.forEach((size, i) => {
      const layer = {
        name: `decoder_${i + 1}`,
        activation: i === depth - 1 ? ('linear' as const) : activation,
      }
      const undone = `encoder_${depth - i}`
      x = apply(
        tied ? new TiedDense({ ...layer, tiedTo: undone }) : tf.layers.dense({ ...layer, units: size }),
        x,
      )
    })
    const shape = { targetShape: [window, columns] }
    x = apply(tf.layers.reshape({ name: last ? 'steps' : 'reconstruction', ...shape }), x)
    if (last) x = apply(tf.layers.add({ name: 'reconstruction' }), [x, last])
    return tf.model({ name, inputs: input, outputs: x })
  })
}
