import * as tf from '@tensorflow/tfjs'
import { ActivityRegularization } from '../layers/activity-regularization.js'
import { Unmask } from '../layers/unmask.js'
import { MASK_VALUE } from '../masking.js'
import { type ApplyLayer, seeded } from '../seeded.js'
import { type Code, decode } from './decode.js'
import type { Kind } from './kind.js'
import type { Checked } from './options.js'

/**
 * A recurrent autoencoder: [batch, window, columns] → [batch, steps, columns] for each head.
 *
 *     masking                 where windows are padded
 *     encoder_1 … encoder_n   with dropout_1 … between them; the last one's final output is the code
 *     code                    marks the code for the L1 penalty, where there is one
 *     unmask                  where windows are padded: the decoders generate every row
 *     …                       a decoder for each head, see `decode`
 */
export function recurrentNetwork(kind: Kind, options: Checked): tf.LayersModel {
  return seeded(options.seed, (apply) => {
    const input = tf.input({ name: 'window', shape: [options.window, options.columns] })
    const code = encode(apply, input, kind, options)
    const outputs = options.heads.map((head) => decode(apply, code, head, kind, options))
    return tf.model({ name: kind.name, inputs: input, outputs })
  })
}

function encode(apply: ApplyLayer, input: tf.SymbolicTensor, kind: Kind, options: Checked): Code {
  const { units, bidirectional, dropout, l1, masked } = options
  let x = masked ? apply(tf.layers.masking({ name: 'masking', maskValue: MASK_VALUE }), input) : input
  let state: tf.SymbolicTensor | undefined
  units.forEach((count, i) => {
    const name = `encoder_${i + 1}`
    const last = i === units.length - 1
    const returnState = last && kind.decoder !== 'repeated'
    const layer = bidirectional
      ? both(name, kind.layer({ name: 'layer', units: count / 2, returnSequences: !last }))
      : kind.layer({ name, units: count, returnSequences: !last, returnState })
    x = apply(layer, x)
    if (returnState) state = (layer.output as tf.SymbolicTensor[])[2]
    if (dropout > 0 && !last) x = apply(tf.layers.dropout({ name: `dropout_${i + 1}`, rate: dropout }), x)
  })
  if (l1 > 0) x = apply(new ActivityRegularization({ name: 'code', l1 }), x)
  if (masked) x = apply(new Unmask({ name: 'unmask' }), x)
  return { features: x, state }
}

const both = (name: string, layer: tf.layers.Layer) =>
  tf.layers.bidirectional({ name, layer: layer as tf.RNN, mergeMode: 'concat' })
