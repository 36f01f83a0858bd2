import { decoderOf, denseAutoencoder, lstmAutoencoder } from '@tempocode/models'
import { readModel } from '@tempocode/runtime'
import { readMetadata } from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { type ToDecoderOnnxOptions, toDecoderOnnx } from './inference-decoder.js'

beforeAll(() => tf.setBackend('cpu'))

const size = { window: 5, columns: 2, units: [3] }
const composite = () =>
  decoderOf(lstmAutoencoder({ ...size, heads: ['reconstruction', 'prediction'], horizon: 4 }))
const forecaster = () => decoderOf(lstmAutoencoder({ ...size, heads: ['prediction'], horizon: 4 }))
const metadataOf = (bytes: Uint8Array) => readMetadata(readModel(bytes).metadata)

test('a decoder says what its heads are, and what belongs to the encoder, too', () => {
  const scaler = { kind: 'minmax' as const, center: [1, 2], scale: [3, 4] }
  const codes = { windows: 9, mean: new Float32Array(3), factor: new Float32Array(6) }
  const options = { scaler, codes, columns: ['a', 'b'], stride: 2, seed: 7, groupBy: 'machine' }
  const metadata = metadataOf(toDecoderOnnx(composite(), options))
  expect(metadata).toMatchObject({
    ...options,
    kind: 'decoder',
    window: 5,
    features: 3,
    heads: [
      { name: 'reconstruction', offset: 0, steps: 5 },
      { name: 'prediction', offset: 5, steps: 4 },
    ],
  })
})

test('the outputs are named by the heads', () => {
  const { inputs, outputs } = readModel(toDecoderOnnx(composite()))
  expect(inputs).toEqual([{ name: 'features', type: 'float32', dims: ['batch', 3] }])
  expect(outputs).toEqual([
    { name: 'reconstruction', type: 'float32', dims: ['batch', 5, 2] },
    { name: 'prediction', type: 'float32', dims: ['batch', 4, 2] },
  ])
})

test('without a reconstruction the window has to be told', () => {
  const { window, ...rest } = metadataOf(toDecoderOnnx(forecaster(), { window: 5 }))
  expect(window).toBe(5)
  expect(rest).toMatchObject({ heads: [{ name: 'prediction', offset: 5, steps: 4 }] })
})

test('a sole output of another name is the reconstruction', () => {
  const features = tf.input({ shape: [3] })
  const repeated = tf.layers.repeatVector({ n: 5 }).apply(features)
  const outputs = tf.layers.dense({ units: 2, name: 'rows' }).apply(repeated) as tf.SymbolicTensor
  const metadata = metadataOf(toDecoderOnnx(tf.model({ inputs: features, outputs })))
  expect(metadata).toMatchObject({ window: 5, heads: [{ name: 'rows', offset: 0, steps: 5 }] })
})

test('an equal file is made of an equal network, whose tied kernels it holds once', () => {
  const tied = () => denseAutoencoder({ ...size, units: [6, 3], tied: true })
  const untied = () => denseAutoencoder({ ...size, units: [6, 3] })
  const [bytes, again, other] = [tied(), tied(), untied()].map((model) => toDecoderOnnx(decoderOf(model)))
  expect(again).toEqual(bytes)
  expect(Math.abs(bytes.length - other.length)).toBeLessThan(200)
})

const codes = { windows: 9, mean: new Float32Array(4), factor: new Float32Array(10) }
test.each<[string, () => tf.LayersModel, ToDecoderOnnxOptions, string, string]>([
  ['no window', forecaster, {}, 'option', 'window is missing; a decoder of prediction does not tell'],
  [
    'another window',
    composite,
    { window: 6 },
    'option',
    'window 6 is not allowed; reconstruction has 5 rows',
  ],
  ['other codes', composite, { codes }, 'data', 'codes have 4 features, and the model takes 3'],
  [
    'other columns',
    composite,
    { columns: ['a'] },
    'data',
    'columns has 1 entries, and the model has 2 columns',
  ],
  [
    'a whole network',
    () => denseAutoencoder(size),
    {},
    'model',
    'takes [any, 5, 2]; a decoder takes one input [batch, features]',
  ],
])('%s: refused', (_, model, options, code, message) => {
  expect(() => toDecoderOnnx(model(), options)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})
