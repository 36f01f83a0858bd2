// The networks, one file for each family.

// Parts of a network.
export { encoderOf } from './encoder-of.js'
export { type LstmAutoencoderOptions, lstmAutoencoder } from './lstm-autoencoder.js'
