import type * as tf from '@tensorflow/tfjs'
import { denseNetwork } from './dense/network.js'
import { checkDense, DENSE_OPTIONS, type DenseAutoencoderOptions } from './dense/options.js'
import { checkOptions } from './options.js'

/**
 * The stacked autoencoder with tied weights (Vincent et al. 2010): `denseAutoencoder` of several layers, by default of
 * [64, 32, 16] units, whose decoder uses the encoder's kernels, transposed; by default of tanh, and `tied`.
 *
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function stackedAutoencoder(options: DenseAutoencoderOptions): tf.LayersModel {
  checkOptions('stackedAutoencoder', options, DENSE_OPTIONS)
  return denseNetwork(
    'stacked_autoencoder',
    checkDense(options, { units: () => [64, 32, 16], activation: 'tanh', tied: true }),
  )
}
