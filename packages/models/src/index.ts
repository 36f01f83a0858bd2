// The networks, one file for each family.

// Parts of a network, and what its outputs should equal.
export { encoderOf } from './encoder-of.js'

// Layers that tfjs does not have. To import them registers them, so that tf.loadLayersModel knows them.
export { ActivityRegularization, type ActivityRegularizationArgs } from './layers/activity-regularization.js'
export { ConditionalDecoder, type ConditionalDecoderArgs } from './layers/conditional-decoder.js'
export { ResetAfterGru, type ResetAfterGruArgs } from './layers/reset-after-gru.js'
export { ReverseTime } from './layers/reverse-time.js'
export { TiedDense, type TiedDenseArgs } from './layers/tied-dense.js'
export { type LstmAutoencoderOptions, lstmAutoencoder } from './lstm-autoencoder.js'
export { isMasked, MASK_VALUE } from './masking.js'
export { type Target, targetsOf } from './targets.js'
