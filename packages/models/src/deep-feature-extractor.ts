import type * as tf from '@tensorflow/tfjs'
import { lstmAutoencoder } from './lstm-autoencoder.js'
import { checkOptions } from './options.js'
import type { RecurrentOptions } from './recurrent/options.js'

export interface DeepFeatureExtractorOptions
  extends Pick<RecurrentOptions, 'window' | 'columns' | 'activation' | 'seed'> {
  /** Units of each encoder layer. Default [512, 256, 128]; five layers, [512, 256, 128, 64, 32], give shorter codes. */
  units?: readonly number[]
}

/**
 * The feature extractor of Laptev et al. 2017 (Time-series Extreme Event Forecasting with Neural Networks at Uber): a
 * deep LSTM autoencoder [batch, window, columns] → [batch, window, columns] of which the encoder alone is kept, as
 * `encoderOf` gives it. `lstmAutoencoder` with other units.
 *
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function deepFeatureExtractor(options: DeepFeatureExtractorOptions): tf.LayersModel {
  checkOptions('deepFeatureExtractor', options, ['window', 'columns', 'units', 'activation', 'seed'])
  return lstmAutoencoder({ ...options, units: options.units ?? [512, 256, 128] })
}
