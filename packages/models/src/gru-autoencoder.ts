import * as tf from '@tensorflow/tfjs'
import { ResetAfterGru } from './layers/reset-after-gru.js'
import { checkFlag, checkOptions } from './options.js'
import { recurrentNetwork } from './recurrent/network.js'
import { checkRecurrent, RECURRENT_OPTIONS, type RecurrentOptions } from './recurrent/options.js'

export interface GruAutoencoderOptions extends RecurrentOptions {
  /**
   * Whether the reset gate acts on what the recurrent kernel makes of the state, as in Keras and cuDNN, and not on the
   * state itself, as in Cho et al. 2014. Default true.
   */
  resetAfter?: boolean
}

/**
 * `lstmAutoencoder` with GRUs (Cho et al. 2014) in place of LSTMs: three quarters of the weights.
 * [batch, window, columns] → [batch, window, columns], or the rows of its heads.
 *
 * @throws TempocodeError `option` for an unknown option, a value that is not allowed, or options that do not go together
 */
export function gruAutoencoder(options: GruAutoencoderOptions): tf.LayersModel {
  checkOptions('gruAutoencoder', options, [...RECURRENT_OPTIONS, 'resetAfter'])
  const checked = checkRecurrent(options)
  const resetAfter = checkFlag('resetAfter', options.resetAfter ?? true)
  const gates = { activation: checked.activation, recurrentActivation: 'sigmoid' } as const
  return recurrentNetwork(
    {
      name: 'gru_autoencoder',
      layer: (layer) =>
        resetAfter ? new ResetAfterGru({ ...layer, ...gates }) : tf.layers.gru({ ...layer, ...gates }),
      decoder: 'repeated',
    },
    checked,
  )
}
