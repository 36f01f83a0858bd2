import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { checkFlag, checkOptions } from './options.js'
import type { DecoderKind } from './recurrent/kind.js'
import { recurrentNetwork } from './recurrent/network.js'
import {
  type Checked,
  checkRecurrent,
  RECURRENT_OPTIONS,
  type RecurrentOptions,
} from './recurrent/options.js'

export interface LstmAutoencoderOptions extends RecurrentOptions {
  /** Whether the decoders' first layers start from the encoder's final state, beside the repeated code. Default false. */
  decoderState?: boolean
  /**
   * Whether the decoders start from the encoder's final state and are fed their own last output instead of the code.
   * For units of one layer. Default false.
   */
  conditional?: boolean
}

/**
 * The LSTM autoencoder of Srivastava et al. 2015 (Unsupervised Learning of Video Representations using LSTMs), of
 * any depth: [batch, window, columns] → [batch, window, columns]; other heads give other rows, and two heads are the
 * composite model of that paper.
 *
 *     encoder_1 … encoder_n   LSTMs; the last one's final output is the code, [batch, units.at(-1)]
 *     repeat                  the code at every step, [batch, window, units.at(-1)]
 *     decoder_1 … decoder_n   LSTMs of the encoder's units in reverse
 *     reconstruction          the same Dense at every step
 *
 * The layers of its other forms are named in `recurrent/network.ts` and `recurrent/decode.ts`.
 *
 * @throws TempocodeError `option` for an unknown option, a value that is not allowed, or options that do not go together
 */
export function lstmAutoencoder(options: LstmAutoencoderOptions): tf.LayersModel {
  checkOptions('lstmAutoencoder', options, [...RECURRENT_OPTIONS, 'decoderState', 'conditional'])
  const checked = checkRecurrent(options)
  const { activation } = checked
  return recurrentNetwork(
    {
      name: 'lstm_autoencoder',
      layer: (layer) => tf.layers.lstm({ ...layer, activation, recurrentActivation: 'sigmoid' }),
      decoder: decoderKind(options, checked),
    },
    checked,
  )
}

function decoderKind(options: LstmAutoencoderOptions, { units, bidirectional }: Checked): DecoderKind {
  const started = checkFlag('decoderState', options.decoderState ?? false)
  const conditional = checkFlag('conditional', options.conditional ?? false)
  if (!started && !conditional) return 'repeated'
  const option = conditional ? 'conditional' : 'decoderState'
  if (bidirectional) {
    throw refuse(
      `${option} is not possible where bidirectional is true: decoders would start from two states`,
    )
  }
  if (!conditional) return 'started'
  if (started) throw refuse('conditional decoders start from the state anyway; leave decoderState out')
  if (units.length === 1) return 'conditional'
  throw refuse(
    `conditional needs units of one layer, such as [${units.at(-1)}]; units is [${units.join(', ')}]`,
  )
}

const refuse = (message: string) => new TempocodeError('option', message)
