import { toEvaluationOnnx, toGradientOnnx, toOnnx, toTrainingOnnx } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { type LstmAutoencoderOptions, lstmAutoencoder } from '@tempocode/models'
import { readModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { countNodes } from './count-nodes.js'
import { randomTraining } from './random-training.js'
import { TrainingGraph } from './run-training.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const scalerOf = (columns: number) => ({
  kind: 'standard' as const,
  center: new Array<number>(columns).fill(0),
  scale: new Array<number>(columns).fill(1),
})
const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1]

const NETWORKS: [units: number[], columns: number, activation: 'tanh' | 'relu', windows: number[]][] = [
  [[100], 1, 'tanh', [9, 5000]],
  [[64], 8, 'tanh', [30, 5000]],
  [[32], 1, 'tanh', [288, 5000]],
  [[256], 8, 'tanh', [48, 5000]],
  [[512, 256, 128], 8, 'tanh', [48, 5000]],
  [[512, 256, 128, 64, 32], 8, 'relu', [48, 5000]],
]

describe.each(NETWORKS)('units %j, %i columns, %s', (units, columns, activation, windows) => {
  const options = { scaler: scalerOf(columns), clipNorm: 1 }
  const models = () => windows.map((window) => lstmAutoencoder({ window, columns, units, activation }))

  test(`at most 1,000 nodes, and few more for long windows: ${windows.join(', ')}`, () => {
    const counts = models().map((model) => {
      const times = Array.from({ length: 5 }, () => {
        const begin = performance.now()
        toTrainingOnnx(model, options)
        return performance.now() - begin
      })
      const { bytes } = toTrainingOnnx(model, options)
      const window = model.inputs[0].shape[1]
      const nodes = countNodes(bytes)
      console.log(
        `T${window} ${units.join('-')}: ${nodes} nodes, ${(bytes.length / 1024).toFixed(0)} kB, ${median(times).toFixed(1)} ms`,
      )
      model.dispose()
      return nodes
    })
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000)
    expect(counts[0]).toBeGreaterThan(100)
    const lstms = 2 * units.length
    expect(counts[1] - counts[0]).toBeLessThanOrEqual(14 * lstms) // a loop over blocks of steps each
    expect(counts[1]).toBeGreaterThanOrEqual(counts[0])
  })
})

test.each<Partial<LstmAutoencoderOptions>>([
  { units: [3] },
  { units: [130] },
  { units: [130, 4] },
  { units: [4], bidirectional: true },
  { units: [4, 3], decoderState: true },
  { units: [3], conditional: true, heads: ['reconstruction', 'prediction'], horizon: 2 },
])('a file for single windows gives the same: %j', async (options) => {
  const model = lstmAutoencoder({ window: 5, columns: 2, ...options })
  const rows = { values: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)), columns: 2 }
  const steps = [0, 7, 3].map((start) => ({ starts: [start] }))
  const trained: { losses: number[]; weights: number[][]; evaluated: number[] }[] = []
  for (const singleWindows of [false, true]) {
    const graph = new TrainingGraph(model, { scaler: scalerOf(2), float: 'float64', singleWindows })
    const { losses } = await graph.train(rows, steps, 0.01)
    const evaluated = await graph.evaluate(rows, steps)
    trained.push({ losses, weights: graph.weights().map((weight) => [...weight]), evaluated })
  }
  const [some, single] = trained
  const all = ({ losses, weights, evaluated }: (typeof trained)[0]) => [
    ...losses,
    ...weights.flat(),
    ...evaluated,
  ]
  const expected = all(some)
  all(single).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 12)
  })
  model.dispose()
})

test('a file for single windows refuses batches of two', async () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [3] })
  const graph = new TrainingGraph(model, { scaler: scalerOf(2), singleWindows: true })
  const rows = { values: new Float32Array(60), columns: 2 }
  const train = graph.train(rows, [{ starts: [0, 7] }], 0.01)
  await expect(train).rejects.toMatchObject({ code: 'data' })
  model.dispose()
})

test('nothing but stock operators, and the inputs and outputs that are promised', () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [3] })
  const { bytes, state, parameters } = toTrainingOnnx(model, { scaler: scalerOf(2) })
  const { opsets, inputs, outputs } = readModel(bytes)
  expect(opsets).toEqual({ 'ai.onnx': 18 })
  const names = parameters.map(({ name }) => name)
  expect(state.map(({ name }) => name)).toEqual([
    ...names,
    ...names.map((name) => `${name}/m`),
    ...names.map((name) => `${name}/v`),
  ])
  expect(inputs).toEqual([
    { name: 'series', type: 'float32', dims: ['rows', 2] },
    { name: 'starts', type: 'int64', dims: ['steps', 'batch'] },
    { name: 'sample_weights', type: 'float32', dims: ['steps', 'batch'] },
    { name: 'learning_rate', type: 'float32', dims: ['steps'] },
    { name: 'step', type: 'float32', dims: [] },
    ...state.map(({ name, shape }) => ({ name, type: 'float32', dims: shape })),
  ])
  expect(outputs).toEqual([
    { name: 'loss', type: 'float32', dims: ['steps'] },
    { name: 'gradient_norm', type: 'float32', dims: ['steps'] },
    { name: 'step.next', type: 'float32', dims: [] },
    ...state.map(({ name, shape }) => ({ name: `${name}.next`, type: 'float32', dims: shape })),
  ])
})

test('the same model gives the same bytes', () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [3] })
  const options = { scaler: scalerOf(2) }
  for (const write of [toEvaluationOnnx, toGradientOnnx])
    expect(write(model, options)).toEqual(write(model, options))
  expect(toTrainingOnnx(model, options).bytes).toEqual(toTrainingOnnx(model, options).bytes)
})

test('each step has a learning rate of its own, and steps in one call are those of several', async () => {
  const { model, options, series, nextBatch } = randomTraining(13)
  const batches = Array.from({ length: 3 }, () => ({ starts: nextBatch().starts }))
  const rates = [0.01, 0, 0.002]
  const [one, several] = [1, 2].map(() => new TrainingGraph(model, options))
  const { losses } = await one.train(series, batches, rates)
  const each: number[] = []
  const seen: (Float32Array | Float64Array)[][] = []
  for (const [i, batch] of batches.entries()) {
    each.push(...(await several.train(series, [batch], rates[i])).losses)
    seen.push(several.weights())
  }
  expect(losses).toEqual(each)
  expect(one.weights()).toEqual(several.weights())
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).not.toEqual(seen[1])
})

type Layers = (input: tf.SymbolicTensor) => tf.SymbolicTensor | tf.SymbolicTensor[]
const [WINDOW, COLUMNS] = [6, 2]
const lstm = (options: object = {}) =>
  tf.layers.lstm({ name: 'encoder', units: 3, recurrentActivation: 'sigmoid', ...options })
const code = (x: tf.SymbolicTensor | tf.SymbolicTensor[], layer: tf.layers.Layer) => {
  const result = layer.apply(x)
  return (Array.isArray(result) ? result[0] : result) as tf.SymbolicTensor
}
const decode = (x: tf.SymbolicTensor) =>
  [
    tf.layers.repeatVector({ n: WINDOW }),
    tf.layers.lstm({ units: 3, recurrentActivation: 'sigmoid', returnSequences: true }),
    tf.layers.dense({ units: COLUMNS }),
  ].reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x)

/** An encoder, and the autoencoder that it is part of. */
function models(encode: Layers, input = tf.input({ shape: [WINDOW, COLUMNS] })) {
  const x = encode(input)
  const outputs = Array.isArray(x) ? x.map(decode) : decode(x)
  return [tf.model({ inputs: input, outputs: x }), tf.model({ inputs: input, outputs })] as const
}

const UNSUPPORTED: [name: string, models: () => readonly tf.LayersModel[], named: RegExp][] = [
  [
    'stateful',
    () => models((x) => code(x, lstm({ stateful: true })), tf.input({ batchShape: [4, WINDOW, COLUMNS] })),
    /encoder.*stateful/,
  ],
  [
    'activation elu of an LSTM',
    () => models((x) => code(x, lstm({ activation: 'elu' }))),
    /encoder.*activation "elu".*use one of tanh/,
  ],
  [
    'recurrentActivation relu',
    () => models((x) => code(x, lstm({ recurrentActivation: 'relu' }))),
    /encoder.*recurrentActivation "relu".*use one of sigmoid/,
  ],
  [
    'activation elu of a Dense',
    () =>
      models((x) =>
        code(code(x, lstm()), tf.layers.dense({ name: 'bottleneck', units: 2, activation: 'elu' })),
      ),
    /bottleneck.*activation "elu".*use one of linear/,
  ],
  [
    'Conv1D',
    () => models((x) => code(code(x, tf.layers.conv1d({ name: 'conv', filters: 2, kernelSize: 3 })), lstm())),
    /conv is a Conv1D.*use LSTM/,
  ],
  [
    'TimeDistributed of another layer than Dense',
    () => {
      const layer = tf.layers.activation({ activation: 'tanh' })
      return models((x) => code(code(x, tf.layers.timeDistributed({ name: 'each_step', layer })), lstm()))
    },
    /each_step is a TimeDistributed of Activation/,
  ],
  [
    'a nested model',
    () => {
      const inner = tf.sequential({
        name: 'inner',
        layers: [tf.layers.dense({ units: 2, inputShape: [WINDOW, COLUMNS] })],
      })
      return models((x) => code(code(x, inner as tf.layers.Layer), lstm()))
    },
    /layer inner is a /,
  ],
  [
    'two tensors into a layer',
    () => models((x) => code(code([x, x], tf.layers.multiply({ name: 'both' })), lstm())),
    /layer both /,
  ],
  [
    'several inputs',
    () => {
      const inputs = ['a', 'b'].map((name) => tf.input({ name, shape: [WINDOW, COLUMNS] }))
      const outputs = code(inputs[0], lstm())
      return [tf.model({ inputs, outputs }), tf.model({ inputs, outputs: decode(outputs) })]
    },
    /2 inputs|its only input/,
  ],
  [
    'several outputs',
    () => models((x) => [code(x, lstm()), code(x, lstm({ name: 'other' }))]),
    /one output|a name that says nothing/,
  ],
]

describe('what has no lowering is an error that names it', () => {
  test.each(['dropout', 'recurrentDropout'])('%s, which changes the training alone', (option) => {
    const [encoder, autoencoder] = models((x) => code(x, lstm({ [option]: 0.5 })))
    expect(() => toOnnx(encoder)).not.toThrow()
    const write = () => toTrainingOnnx(autoencoder, { scaler })
    expect(write).toThrow(TempocodeError)
    expect(write).toThrow(new RegExp(`encoder.*${option}`))
  })

  const scaler = scalerOf(COLUMNS)
  test.each(UNSUPPORTED)('%s', (_, models, named) => {
    const [encoder, autoencoder] = models()
    for (const write of [
      () => toOnnx(encoder),
      () => toTrainingOnnx(autoencoder, { scaler }),
      () => toEvaluationOnnx(autoencoder, { scaler }),
    ]) {
      expect(write).toThrow(TempocodeError)
      expect(write).toThrow(named)
    }
  })
})
