import type * as tf from '@tensorflow/tfjs'
import { deepFeatureExtractor } from '../deep-feature-extractor.js'
import { denseAutoencoder } from '../dense-autoencoder.js'
import { gruAutoencoder } from '../gru-autoencoder.js'
import { lstmAutoencoder } from '../lstm-autoencoder.js'
import { stackedAutoencoder } from '../stacked-autoencoder.js'

const size = { window: 5, columns: 2 }
const both = ['reconstruction', 'prediction'] as const

/** A small network of each form, whose code alone makes its output. */
export const family: [string, () => tf.LayersModel][] = [
  ['dense', () => denseAutoencoder({ ...size, units: [3] })],
  [
    'dense, tied, sparse',
    () => denseAutoencoder({ ...size, units: [6, 3], tied: true, l1: 1e-3, dropout: 0.1 }),
  ],
  ['stacked', () => stackedAutoencoder({ ...size, units: [8, 6, 4], activation: 'sigmoid' })],
  ['lstm, relu', () => lstmAutoencoder({ ...size, units: [4, 3], activation: 'relu' })],
  ['lstm', () => lstmAutoencoder({ ...size, units: [4, 3] })],
  ['lstm, sparse', () => lstmAutoencoder({ ...size, units: [4, 3], dropout: 0.1, l1: 1e-3 })],
  ['lstm, reversed', () => lstmAutoencoder({ ...size, units: [4], reversed: true })],
  ['lstm, prediction', () => lstmAutoencoder({ ...size, units: [4], heads: ['prediction'], horizon: 3 })],
  [
    'lstm, composite',
    () => lstmAutoencoder({ ...size, units: [4, 3], heads: both, horizon: 7, reversed: true }),
  ],
  ['lstm, shifted', () => lstmAutoencoder({ ...size, units: [4], heads: both, horizon: 'shifted' })],
  [
    'lstm, bidirectional',
    () => lstmAutoencoder({ ...size, units: [6, 4], bidirectional: true, dropout: 0.1 }),
  ],
  ['lstm, masked', () => lstmAutoencoder({ ...size, units: [4, 3], masked: true, dropout: 0.1, l1: 1e-3 })],
  ['lstm, masked, reversed', () => lstmAutoencoder({ ...size, units: [4], masked: true, reversed: true })],
  [
    'lstm, masked, composite',
    () => lstmAutoencoder({ ...size, units: [4], masked: true, heads: both, horizon: 7 }),
  ],
  [
    'lstm, masked, both ways',
    () => lstmAutoencoder({ ...size, units: [6, 4], masked: true, bidirectional: true }),
  ],
  ['gru', () => gruAutoencoder({ ...size, units: [4, 3] })],
  [
    'gru, reset first',
    () => gruAutoencoder({ ...size, units: [4, 3], resetAfter: false, activation: 'relu' }),
  ],
  ['gru, bidirectional', () => gruAutoencoder({ ...size, units: [6, 4], bidirectional: true })],
  ['gru, masked', () => gruAutoencoder({ ...size, units: [4, 3], masked: true, heads: both, horizon: 2 })],
  [
    'gru, masked, both ways',
    () => gruAutoencoder({ ...size, units: [6, 4], masked: true, bidirectional: true }),
  ],
  ['deep', () => deepFeatureExtractor({ ...size, units: [5, 4, 3] })],
]

/** A small network of each form whose decoders start from the encoder's state. */
export const started: [string, () => tf.LayersModel][] = [
  ['state', () => lstmAutoencoder({ ...size, units: [4, 3], decoderState: true, l1: 1e-3 })],
  [
    'state, composite',
    () => lstmAutoencoder({ ...size, units: [4, 3], decoderState: true, heads: both, horizon: 3 }),
  ],
  ['state, masked', () => lstmAutoencoder({ ...size, units: [4, 3], decoderState: true, masked: true })],
  ['conditional', () => lstmAutoencoder({ ...size, units: [4], conditional: true, reversed: true })],
  [
    'conditional, composite',
    () => lstmAutoencoder({ ...size, units: [4], conditional: true, heads: both, horizon: 3 }),
  ],
  ['conditional, masked', () => lstmAutoencoder({ ...size, units: [4], conditional: true, masked: true })],
]
