import { encoderOf, forecaster, lstmAutoencoder } from '@tempocode/models'
import { inspectModel, readMetadata, readModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import type { ToForecasterOnnxOptions } from './forecaster-options.js'
import { toForecasterOnnx } from './inference-forecaster.js'

beforeAll(() => tf.setBackend('cpu'))

const size = { window: 6, horizon: 3, units: [4] }
const network = () => forecaster({ ...size, columns: 2 })
const two = { inputs: ['a', 'b'], targets: ['a'], center: [1, 2], scale: [3, 4] }

const encoder = (columns = ['a', 'b']) => ({
  model: encoderOf(lstmAutoencoder({ window: 8, columns: 2, units: [5] })),
  columns,
  scaler: { kind: 'standard' as const, center: [0, 0], scale: [1, 1] },
  center: new Float32Array(5),
  scale: new Float32Array(5).fill(1),
})

/** Of columns of all kinds: model and options. */
const whole = () => ({
  model: forecaster({ ...size, columns: 13, targets: 2, known: 1, cycles: 4, features: 5, intervals: 0.95 }),
  options: {
    inputs: ['a', 'b', 'c', 'plan'],
    targets: ['a', 'b'],
    known: ['plan'],
    cycles: ['day', 'week'],
    groups: ['x', 'y', 'z'],
    groupBy: 'machine',
    center: Float64Array.from({ length: 12 }, (_, i) => i),
    scale: Float64Array.from({ length: 12 }, (_, i) => i + 1),
    encoder: encoder(['c', 'a']),
    timeStep: 900,
    season: 96,
    seed: 5,
    dataDigest: 'ab12',
  } satisfies ToForecasterOnnxOptions,
})
const float = (name: string, ...dims: number[]) => ({ name, type: 'float32', dims: ['batch', ...dims] })

test('it takes the rows of the longer window, cycles and a group, and gives forecast and bounds', () => {
  const { model, options } = whole()
  const { inputs, outputs, tempocode, devices } = inspectModel(toForecasterOnnx(model, options))
  expect(inputs).toEqual([float('input', 8, 8), { name: 'group', type: 'int32', dims: ['batch'] }])
  expect(outputs).toEqual([float('forecast', 3, 2), float('lower', 3, 2), float('upper', 3, 2)])
  expect(tempocode).toEqual({
    kind: 'forecaster',
    version: expect.any(String),
    columns: ['a', 'b', 'c', 'plan'],
    window: 8,
    horizon: 3,
    targets: ['a', 'b'],
    known: ['plan'],
    cycles: ['day', 'week'],
    groups: ['x', 'y', 'z'],
    groupBy: 'machine',
    features: 5,
    coverage: 0.95,
    season: 96,
    timeStep: 900,
    seed: 5,
    dataDigest: 'ab12',
    golden: {
      input: [2, 8, 8],
      outputs: { forecast: [2, 3, 2], lower: [2, 3, 2], upper: [2, 3, 2] },
      tolerance: 1e-5,
    },
  })
  expect(devices).toEqual({ cpu: [], cuda: [], wasm: [], webgpu: [] })
})

test('scales are in the file as well as in the graph', () => {
  const { model, options } = whole()
  const metadata = readMetadata(readModel(toForecasterOnnx(model, options)).metadata)
  expect(metadata).toMatchObject({
    center: Float32Array.from(options.center),
    scale: Float32Array.from(options.scale),
    golden: { group: [0, 2] },
  })
})

test('of one series without an interval it takes rows alone, and gives the forecast alone', () => {
  const { inputs, outputs, tempocode } = inspectModel(
    toForecasterOnnx(network(), { ...two, known: [], cycles: [], groups: [] }),
  )
  expect(inputs).toEqual([float('input', 6, 2)])
  expect(outputs).toEqual([float('forecast', 3, 1)])
  expect(tempocode).toEqual({
    kind: 'forecaster',
    version: expect.any(String),
    columns: ['a', 'b'],
    window: 6,
    horizon: 3,
    targets: ['a'],
    golden: { input: [2, 6, 2], outputs: { forecast: [2, 3, 1] }, tolerance: 1e-5 },
  })
})

test('one group needs no number', () => {
  const { inputs, tempocode } = inspectModel(toForecasterOnnx(network(), { ...two, groups: ['x'] }))
  expect(inputs).toEqual([float('input', 6, 2)])
  expect(tempocode).toMatchObject({ groups: ['x'] })
})

function withOutputs(...names: string[]): tf.LayersModel {
  const input = tf.input({ shape: [6, 2] })
  const outputs = names.map((name) => tf.layers.dense({ units: 2, name }).apply(input) as tf.SymbolicTensor)
  return tf.model({ name: 'mine', inputs: input, outputs })
}

test('the quantiles’ names tell which one is the lower, and the coverage', () => {
  const model = withOutputs('quantile_97.5', 'prediction', 'quantile_12.5')
  const { outputs, tempocode } = inspectModel(toForecasterOnnx(model, { ...two, targets: ['a', 'b'] }))
  expect(outputs.map(({ name }) => name)).toEqual(['forecast', 'lower', 'upper'])
  expect(tempocode).toMatchObject({ coverage: 0.85, horizon: 6 })
})

const margin = new Float32Array(3)
test.each<[string, object, string, string]>([
  ['targets that are not the first', { targets: ['b'] }, 'data', 'targets are b; they must be the first of'],
  ['no targets', { targets: [] }, 'data', 'targets are none; they must be the first of the inputs a, b'],
  ['more targets', { targets: ['a', 'b'] }, 'model', 'gives prediction of 3 rows of 1 columns'],
  ['a name twice', { inputs: ['a', 'a'] }, 'data', 'inputs have "a" twice'],
  ['known that are not the last', { known: ['a'] }, 'data', 'known are a; they must be the last of the'],
  ['known targets', { known: ['a', 'b'] }, 'data', 'known are a, b; they must be the last of the inputs'],
  ['an unknown cycle', { cycles: ['month'] }, 'option', 'cycle "month" is unknown; use day, week or year'],
  [
    'no time step',
    { cycles: ['day'] },
    'option',
    'timeStep is undefined; with cycles it must be the seconds',
  ],
  [
    'cycles that the model does not take',
    { cycles: ['day'], timeStep: 60 },
    'data',
    'model forecaster takes 2 columns; the options have 2 inputs, 2 of cycles, 0 features',
  ],
  ['a season of 0 rows', { season: 0 }, 'option', 'season 0 is not allowed; use a whole number of rows'],
  ['scales of fewer columns', { scale: [1] }, 'data', 'scale has 1 numbers; it must have 2'],
  ['scales of one group', { groups: ['x', 'y'] }, 'data', 'center has 2 numbers; it must have 4'],
  ['a scale of 0', { scale: [1, 0] }, 'data', 'scale has a number that is not above 0; use 1 for what'],
  [
    'a center that is no number',
    { center: [1, Number.NaN] },
    'data',
    'center has a number that is not finite',
  ],
  [
    'margins without quantiles',
    { margins: { lower: margin, upper: margin } },
    'data',
    'margins.lower is given, and model forecaster gives no quantiles',
  ],
  ['an encoder', { encoder: encoder() }, 'data', 'the options have 2 inputs, 0 of cycles, 5 features'],
  ['an unknown form', { form: 'fast' }, 'option', 'form "fast" is unknown; use operators or plain'],
])('%s: refused', (_, change, code, message) => {
  expect(() => toForecasterOnnx(network(), { ...two, ...change } as ToForecasterOnnxOptions)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  )
})

test.each<[string, string[], string]>([
  ['no prediction', ['quantile_5', 'quantile_95'], 'model mine has no output prediction; a forecaster gives'],
  ['one quantile', ['prediction', 'quantile_5'], 'model mine has 1 quantiles; a forecaster gives'],
  ['three', ['prediction', 'quantile_5', 'quantile_50', 'quantile_95'], 'model mine has 3 quantiles'],
  ['a reconstruction', ['prediction', 'reconstruction'], 'model mine has an output reconstruction'],
])('a model with %s: refused', (_, names, message) => {
  const options = { ...two, targets: ['a', 'b'] }
  expect(() => toForecasterOnnx(withOutputs(...names), options)).toThrow(
    expect.objectContaining({ code: 'model', message: expect.stringContaining(message) }),
  )
})

test.each<[string, object, string]>([
  [
    'other columns',
    { columns: ['c', 'd'] },
    'the encoder\'s column "d" is not among the measured inputs a, b, c',
  ],
  ['known ones', { columns: ['c', 'plan'] }, 'the encoder\'s column "plan" is not among the measured inputs'],
  ['too few columns', { columns: ['c'] }, 'encoder.columns has 1 entries, and encoder'],
  [
    'a scaler of others',
    { scaler: { kind: 'none', center: [0], scale: [1] } },
    'encoder.scaler.center has 1 entries, and encoder',
  ],
  ['few centers', { center: [0] }, 'encoder.center has 1 numbers; it must have 5'],
  ['scales of 0', { scale: new Float32Array(5) }, 'encoder.scale has a number that is not above 0'],
])('an encoder with %s: refused', (_, change, message) => {
  const { model, options } = whole()
  expect(() => toForecasterOnnx(model, { ...options, encoder: { ...options.encoder, ...change } })).toThrow(
    expect.objectContaining({ code: 'data', message: expect.stringContaining(message) }),
  )
})

test('a model with masking: refused', () => {
  const model = lstmAutoencoder({
    window: 6,
    columns: 2,
    units: [3],
    heads: ['prediction'],
    horizon: 3,
    masked: true,
  })
  expect(() => toForecasterOnnx(model, { ...two, targets: ['a', 'b'] })).toThrow(
    expect.objectContaining({ code: 'model', message: expect.stringContaining('has masking, and all rows') }),
  )
})

test('margins of another size: refused', () => {
  const { model, options } = whole()
  const margins = { lower: new Float32Array(6), upper: new Float32Array(3) }
  expect(() => toForecasterOnnx(model, { ...options, margins })).toThrow(
    expect.objectContaining({ message: 'margins.upper has 3 numbers; horizon × targets are 6' }),
  )
})
