import * as tf from '@tensorflow/tfjs'
import { ConditionalDecoder } from '../layers/conditional-decoder.js'
import { LstmFromState } from '../layers/lstm-from-state.js'
import { ReverseTime } from '../layers/reverse-time.js'
import type { ApplyLayer } from '../seeded.js'
import type { Head } from './heads.js'
import type { Kind } from './kind.js'
import type { Checked } from './options.js'

/** What the encoder gives: the features, which are its last layer's final output h, and that layer's final state c. */
export interface Code {
  readonly features: tf.SymbolicTensor
  /** Of an LSTM whose decoders start from it. */
  readonly state?: tf.SymbolicTensor
}

/**
 * The decoder of one head: the code → [batch, steps, columns].
 *
 *     repeat                  the code at every step
 *     decoder_1 … decoder_n   the encoder's units in reverse
 *     reconstruction          the same Dense at every step
 *
 * Those of a prediction are predictor_repeat, predictor_1 … and prediction or shifted_prediction. A conditional decoder
 * is one layer named like the output. What is generated backwards is reconstruction_reversed, and reconstruction
 * turns it round.
 */
export function decode(
  apply: ApplyLayer,
  code: Code,
  head: Head,
  kind: Kind,
  options: Checked,
): tf.SymbolicTensor {
  const name = head.reversed ? `${head.output}_reversed` : head.output
  const rows =
    kind.decoder === 'conditional'
      ? generated(apply, code, name, head.steps, options)
      : decoded(apply, code, name, head, kind, options)
  return head.reversed ? apply(new ReverseTime({ name: head.output }), rows) : rows
}

function generated(
  apply: ApplyLayer,
  { features, state }: Code,
  name: string,
  steps: number,
  { units, columns, activation }: Checked,
): tf.SymbolicTensor {
  const layer = new ConditionalDecoder({ name, units: units[0], steps, columns, activation })
  return apply(layer, [features, state!])
}

function decoded(
  apply: ApplyLayer,
  { features, state }: Code,
  name: string,
  head: Head,
  kind: Kind,
  { units, columns, activation }: Checked,
): tf.SymbolicTensor {
  let x = apply(tf.layers.repeatVector({ name: head.repeat, n: head.steps }), features)
  const mirrored = [...units].reverse()
  mirrored.forEach((count, i) => {
    const layer = { name: `${head.layers}_${i + 1}`, units: count }
    x =
      state && i === 0
        ? apply(new LstmFromState({ ...layer, activation }), [x, features, state])
        : apply(kind.layer({ ...layer, returnSequences: true }), x)
  })
  const dense = tf.layers.dense({ name: `${head.output}_dense`, units: columns })
  return apply(tf.layers.timeDistributed({ name, layer: dense }), x)
}
