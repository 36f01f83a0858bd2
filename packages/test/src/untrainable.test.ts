import { toOnnx, toTrainingOnnx } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { encoderOf, lstmAutoencoder, ReverseTime } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { bothWays, COLUMNS, chain, encodedBy, type Layer, lstm, masking, WINDOW } from './network-parts.js'

beforeAll(() => tf.enableProdMode())

const size = { window: WINDOW, columns: COLUMNS, units: [4] }
const options = { scaler: { kind: 'none' as const, center: [0, 0], scale: [1, 1] } }
const encoder = (options: object = {}) => lstm({ name: 'encoder', ...options })

function network(layers: Layer[]): tf.LayersModel {
  const input = tf.input({ shape: [WINDOW, COLUMNS] })
  return tf.model({ name: 'network', inputs: input, outputs: chain(layers, input) })
}

function refused(write: () => unknown, code: string, message: RegExp): void {
  expect(write).toThrow(TempocodeError)
  expect(write).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
}

const NEITHER: [name: string, layers: () => Layer[], message: RegExp][] = [
  [
    'padded sequences that are turned round',
    () => encodedBy(masking(), new ReverseTime({ name: 'reverse' }), encoder()),
    /layer reverse \(ReverseTime\): padded sequences cannot be reversed/,
  ],
  [
    'directions that are added',
    () => {
      const both = tf.layers.bidirectional({ name: 'both', layer: encoder() as tf.RNN, mergeMode: 'sum' })
      return encodedBy(both)
    },
    /layer both \(Bidirectional\): mergeMode sum cannot be exported; use concat/,
  ],
  [
    'directions of another layer',
    () => {
      const layer = tf.layers.simpleRNN({ name: 'simple', units: 3 })
      return encodedBy(bothWays(layer))
    },
    /layer forward_simple is a Bidirectional of SimpleRNN, which cannot be exported; use LSTM/,
  ],
  [
    'a shape of three lengths',
    () => {
      const there = tf.layers.reshape({ name: 'there', targetShape: [WINDOW, 1, COLUMNS] })
      return encodedBy(there, tf.layers.reshape({ targetShape: [WINDOW, COLUMNS] }), encoder())
    },
    /layer there \(Reshape\): the shape \[5, 1, 2\] cannot be exported/,
  ],
  [
    'dropout of whole columns',
    () => encodedBy(tf.layers.dropout({ name: 'some', rate: 0.2, noiseShape: [1, 1, COLUMNS] }), encoder()),
    /layer some \(Dropout\): noiseShape cannot be exported/,
  ],
]

test.each(NEITHER)('neither exported nor trained: %s', (_, layers, message) => {
  const model = network(layers())
  refused(() => toOnnx(encoderOf(model)), 'unsupported', message)
  refused(() => toTrainingOnnx(model, options), 'unsupported', message)
})

const EXPORTED: [name: string, model: () => tf.LayersModel, code: string, message: RegExp][] = [
  [
    'decoders that start from the states of padded sequences',
    () => lstmAutoencoder({ ...size, masked: true, decoderState: true }),
    'unsupported',
    /layer encoder_1 \(LSTM\): the states of padded sequences cannot be trained by ONNX/,
  ],
  [
    'rows after padded sequences',
    () => lstmAutoencoder({ ...size, masked: true, heads: ['prediction'], horizon: 2 }),
    'model',
    /lstm_autoencoder has masking and predicts rows after the window; padded sequences have none/,
  ],
  [
    'a sequence in the order of reading backwards',
    () => network(encodedBy(lstm({ name: 'first', goBackwards: true, returnSequences: true }), encoder())),
    'unsupported',
    /layer first \(LSTM\): a sequence that is read backwards cannot be trained by ONNX/,
  ],
]

test.each(EXPORTED)('exported, but not trained: %s', (_, build, code, message) => {
  const model = build()
  expect(() => toOnnx(encoderOf(model))).not.toThrow()
  refused(() => toTrainingOnnx(model, options), code, message)
})
