import { toOnnx, toTrainingOnnx } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { ColumnDense, Crop, encoderOf, lstmAutoencoder, ReverseTime, Subtract } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import {
  bothWays,
  COLUMNS,
  chain,
  dense,
  encodedBy,
  type Layer,
  lstm,
  masking,
  WINDOW,
} from './network-parts.js'

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
    'padded sequences of which some rows are taken',
    () => encodedBy(masking(), new Crop({ name: 'some', rows: [1] }), encoder()),
    /layer some \(Crop\): padded sequences cannot be cropped/,
  ],
  [
    'columns of padded sequences, seen as a whole',
    () => encodedBy(masking(), new ColumnDense({ name: 'view', units: 3 }), encoder()),
    /layer view \(ColumnDense\): padded sequences cannot be seen as a whole/,
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

type Join = (sequence: tf.SymbolicTensor, vector: tf.SymbolicTensor) => unknown
const sum = (name: string) => tf.layers.add({ name })

const JOINED: [name: string, layers: Layer[], join: Join, message: RegExp][] = [
  [
    'padded sequences that are added',
    [masking()],
    (x) => sum('sum').apply([x, dense('own', COLUMNS).apply(x) as tf.SymbolicTensor]),
    /layer sum \(Add\): padded sequences cannot be added/,
  ],
  [
    'padded sequences of which one is subtracted',
    [masking()],
    (x) => new Subtract({ name: 'less' }).apply([x, dense('own', COLUMNS).apply(x) as tf.SymbolicTensor]),
    /layer less \(Subtract\): padded sequences cannot be subtracted/,
  ],
  [
    'padded sequences that are joined',
    [masking()],
    (x) => tf.layers.concatenate({ name: 'join' }).apply([x, dense('own', 3).apply(x) as tf.SymbolicTensor]),
    /layer join \(Concatenate\): padded sequences cannot be joined/,
  ],
  [
    'a vector that is added to each row of a sequence',
    [],
    (x, vector) => sum('sum').apply([x, dense('own', COLUMNS).apply(vector) as tf.SymbolicTensor]),
    /layer sum \(Add\): sequences and vectors together cannot be exported/,
  ],
]

test.each(JOINED)('neither exported nor trained: %s', (_, layers, join, message) => {
  const input = tf.input({ shape: [WINDOW, COLUMNS] })
  const joined = join(chain(layers, input), encoder({ name: 'first' }).apply(input) as tf.SymbolicTensor)
  const model = tf.model({ inputs: input, outputs: chain(encodedBy(encoder()), joined as tf.SymbolicTensor) })
  refused(() => toOnnx(encoderOf(model)), 'unsupported', message)
  refused(() => toTrainingOnnx(model, options), 'unsupported', message)
})
