import { lstmAutoencoder } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Row } from './rows.js'

/** The row's network, as Tempocode builds it. */
export const networkOf = ({ window, columns, units, activation }: Row): tf.LayersModel =>
  lstmAutoencoder({ window, columns, units, activation })
