import * as tf from '@tensorflow/tfjs'
import { checkCount, checkOneOf, checkOptions } from './options.js'
import { seeded } from './seeded.js'

export interface LstmAutoencoderOptions {
  /** Rows in a window. */
  window: number
  /** Columns of the series. */
  columns: number
  /** Units of each encoder layer; the last is the number of features. The decoder mirrors them. Default [64, 32]. */
  units?: readonly number[]
  /** Activation of cell input and output. Default tanh. */
  activation?: 'tanh' | 'relu'
  /** Fixes the initial weights. Default 0. */
  seed?: number
}

/**
 * The LSTM autoencoder of Srivastava et al. 2015 (Unsupervised Learning of Video Representations using LSTMs), of
 * any depth: [batch, window, columns] → [batch, window, columns].
 *
 *     encoder_1 … encoder_n   LSTMs; the last one's final output is the code, [batch, units.at(-1)]
 *     repeat                  the code at every step, [batch, window, units.at(-1)]
 *     decoder_1 … decoder_n   LSTMs of the encoder's units in reverse
 *     reconstruction          the same Dense at every step
 *
 * @throws TempocodeError `option` for an unknown option or one that is not a whole number above 0
 */
export function lstmAutoencoder(options: LstmAutoencoderOptions): tf.LayersModel {
  checkOptions('lstmAutoencoder', options, ['window', 'columns', 'units', 'activation', 'seed'])
  const { units = [64, 32], activation = 'tanh', seed = 0 } = options
  const window = checkCount('window', options.window)
  const columns = checkCount('columns', options.columns)
  checkCount('the number of layers in units', units.length)
  for (const count of units) checkCount('units', count)
  checkOneOf('activation', activation, ['tanh', 'relu'])

  const lstm = (name: string, count: number, returnSequences: boolean) =>
    tf.layers.lstm({ name, units: count, activation, recurrentActivation: 'sigmoid', returnSequences })

  return seeded(seed, (apply) => {
    const input = tf.input({ name: 'window', shape: [window, columns] })
    let x = input
    units.forEach((count, i) => {
      x = apply(lstm(`encoder_${i + 1}`, count, i < units.length - 1), x)
    })
    x = apply(tf.layers.repeatVector({ name: 'repeat', n: window }), x)
    const mirrored = [...units].reverse()
    mirrored.forEach((count, i) => {
      x = apply(lstm(`decoder_${i + 1}`, count, true), x)
    })
    const dense = tf.layers.dense({ name: 'reconstruction_dense', units: columns })
    x = apply(tf.layers.timeDistributed({ name: 'reconstruction', layer: dense }), x)
    return tf.model({ name: 'lstm_autoencoder', inputs: input, outputs: x })
  })
}
