import { denseAutoencoder, forecaster, lstmAutoencoder } from '@tempocode/models'
import { inspectModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { type ToDetectorOnnxOptions, toDetectorOnnx } from './inference-detector.js'

beforeAll(() => tf.setBackend('cpu'))

const size = { window: 5, columns: 2, units: [3] }
const composite = () => lstmAutoencoder({ ...size, heads: ['reconstruction', 'prediction'], horizon: 4 })
const errors = {
  windows: 3,
  mean: new Float32Array(2),
  deviation: Float32Array.of(1, 1),
  whitening: Float32Array.of(1, 0, 1),
}
const float = (name: string, ...dims: number[]) => ({ name, type: 'float32', dims: ['batch', ...dims] })

test('it takes the rows that are predicted, too, and gives each head, errors, features and score', () => {
  const { inputs, outputs, tempocode } = inspectModel(toDetectorOnnx(composite(), { columns: ['a', 'b'] }))
  expect(inputs).toEqual([float('input', 9, 2)])
  expect(outputs).toEqual([
    float('reconstruction', 5, 2),
    float('prediction', 4, 2),
    float('errors', 2),
    float('features', 3),
    float('score'),
  ])
  expect(tempocode).toMatchObject({
    kind: 'detector',
    window: 5,
    span: 9,
    score: 'mean',
    columns: ['a', 'b'],
    heads: [
      { name: 'reconstruction', offset: 0, steps: 5 },
      { name: 'prediction', offset: 5, steps: 4 },
    ],
  })
})

test('with masking it takes lengths', () => {
  const { inputs } = inspectModel(toDetectorOnnx(lstmAutoencoder({ ...size, masked: true })))
  expect(inputs).toEqual([float('input', 5, 2), { name: 'lengths', type: 'int32', dims: ['batch'] }])
})

test('scores of every kind run on all devices; with plain layers relu does, too', () => {
  const codes = { mean: new Float32Array(4), whitening: new Float32Array(10).fill(1) }
  for (const score of ['mean', 'max', 'zscore', 'mahalanobis', 'combined'] as const) {
    const model = denseAutoencoder({ ...size, units: [4] })
    const { devices } = inspectModel(toDetectorOnnx(model, { score, errors, codes }))
    expect(devices).toEqual({ cpu: [], cuda: [], wasm: [], webgpu: [] })
  }
  const relu = lstmAutoencoder({ ...size, activation: 'relu' })
  expect(inspectModel(toDetectorOnnx(relu)).devices.cuda).not.toEqual([])
  expect(inspectModel(toDetectorOnnx(relu, { form: 'plain' })).devices.cuda).toEqual([])
})

function named(name: string): tf.LayersModel {
  const input = tf.input({ shape: [5, 2] })
  const outputs = tf.layers.dense({ units: 2, name }).apply(input) as tf.SymbolicTensor
  return tf.model({ inputs: input, outputs })
}

test.each<[string, () => tf.LayersModel, ToDetectorOnnxOptions, string, string]>([
  [
    'a score without statistics',
    composite,
    { score: 'zscore' },
    'option',
    'score zscore needs the statistics of',
  ],
  [
    'a score that needs the features that are usual, which are missing',
    composite,
    { score: 'combined', errors },
    'option',
    "score combined needs the statistics of calibration windows' features; give codes",
  ],
  [
    'features that are not as many',
    composite,
    { score: 'combined', errors, codes: { mean: new Float32Array(2), whitening: new Float32Array(3) } },
    'data',
    'codes have 2 features, and the model has 3',
  ],
  [
    'an unknown score',
    composite,
    { score: 'sum' as never },
    'option',
    'score "sum" is unknown; use one of mean, max',
  ],
  [
    'statistics of other columns',
    composite,
    { errors: { ...errors, mean: new Float32Array(3) } },
    'data',
    'errors are of 3 columns, and the model has 2',
  ],
  [
    'a rule without scores',
    composite,
    { threshold: 'pot' },
    'option',
    'threshold "pot" needs scores of normal windows',
  ],
  [
    'an output named score',
    () => named('score'),
    {},
    'model',
    'has an output score, as a detector has one of its own',
  ],
  [
    'padding and rows after it',
    () => lstmAutoencoder({ ...size, masked: true, heads: ['prediction'], horizon: 2 }),
    {},
    'model',
    'padded sequences have none',
  ],
  [
    'a forecast of some of the columns',
    () => forecaster({ ...size, horizon: 2 }),
    {},
    'model',
    'model forecaster gives rows of 1 of its 2 columns (output prediction); a detector compares whole rows with what a',
  ],
  [
    'quantiles',
    () => forecaster({ ...size, horizon: 2, targets: 2, intervals: 0.9 }),
    {},
    'model',
    'model forecaster gives a quantile (output quantile_5); a detector compares whole rows',
  ],
])('%s: refused', (_, model, options, code, message) => {
  expect(() => toDetectorOnnx(model(), options)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})
