import type * as tf from '@tensorflow/tfjs'
import { denseNetwork } from './dense/network.js'
import { checkDense, DENSE_OPTIONS, type DenseAutoencoderOptions } from './dense/options.js'
import { checkOptions } from './options.js'

const MOST = 64

/** The default units: a third of the window's numbers, at most 64. */
export const denseUnits = (window: number, columns: number): readonly number[] => [
  Math.max(1, Math.min(MOST, Math.round((window * columns) / 3))),
]

/**
 * The undercomplete autoencoder of dense layers, which learns nonlinear principal components (Hinton & Salakhutdinov
 * 2006): [batch, window, columns] → [batch, window, columns]. Its layers are named in `dense/network.ts`.
 *
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function denseAutoencoder(options: DenseAutoencoderOptions): tf.LayersModel {
  checkOptions('denseAutoencoder', options, DENSE_OPTIONS)
  return denseNetwork(
    'dense_autoencoder',
    checkDense(options, { units: denseUnits, activation: 'relu', tied: false }),
  )
}
