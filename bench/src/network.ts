import { lstmAutoencoder } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Network } from './rows.js'

/** The row's network, as Tempocode builds it. */
export const networkOf = ({ window, columns, units, activation }: Network): tf.LayersModel =>
  lstmAutoencoder({ window, columns, units, activation })
