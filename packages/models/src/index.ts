// The networks: tf.LayersModels [batch, window, columns] → [batch, steps, columns], a file for each family.

export { type DeepFeatureExtractorOptions, deepFeatureExtractor } from './deep-feature-extractor.js'
export type { DenseAutoencoderOptions } from './dense/options.js'
export { denseAutoencoder, denseUnits } from './dense-autoencoder.js'
export type { ForecasterOptions } from './forecaster/options.js'
export { forecaster } from './forecaster.js'
export { type GruAutoencoderOptions, gruAutoencoder } from './gru-autoencoder.js'
export { type LstmAutoencoderOptions, lstmAutoencoder } from './lstm-autoencoder.js'
export { stackedAutoencoder } from './stacked-autoencoder.js'

// Layers that tfjs does not have. To import them registers them, so that tf.loadLayersModel knows them.

export { ActivityRegularization, type ActivityRegularizationArgs } from './layers/activity-regularization.js'
export { ColumnDense, type ColumnDenseArgs } from './layers/column-dense.js'
export { ConditionalDecoder, type ConditionalDecoderArgs } from './layers/conditional-decoder.js'
export { Crop, type CropArgs } from './layers/crop.js'
export { LstmFromState, type LstmFromStateArgs } from './layers/lstm-from-state.js'
export { ResetAfterGru, type ResetAfterGruArgs } from './layers/reset-after-gru.js'
export { ReverseTime } from './layers/reverse-time.js'
export { Subtract } from './layers/subtract.js'
export { TiedDense, type TiedDenseArgs } from './layers/tied-dense.js'
export { Unmask } from './layers/unmask.js'

// The parts of a network, what its outputs should equal, and how it is given padded sequences.

export { type Call, callsOf } from './calls.js'
export { findCode } from './code.js'
export { decoderOf } from './decoder-of.js'
export { type CodeOptions, encoderOf } from './encoder-of.js'
export { isMasked, MASK_VALUE } from './masking.js'
export { spanOf, type Target, targetsOf } from './targets.js'

// What a network looks like, in text and as a picture.

export { plot } from './plot/plot.js'
export { summary } from './summary.js'
