import { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { randomizeWeights } from './random-models.js'
import type { Training } from './random-training.js'

const [WINDOW, COLUMNS, BATCH] = [5, 2, 3]
type Layer = tf.layers.Layer
type LstmOptions = Parameters<typeof tf.layers.lstm>[0]
type Activation = Parameters<typeof tf.layers.dense>[0]['activation']

const encoder = (options: Partial<LstmOptions> = {}) =>
  tf.layers.lstm({
    name: 'encoder',
    units: 4,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros', // tfjs's own takes long, and random weights follow
    ...options,
  })
const decoder = (options: Partial<LstmOptions> = {}) =>
  encoder({ name: 'decoder', returnSequences: true, ...options })
const dense = (name: string, activation: Activation = 'linear', units = COLUMNS, useBias = true) =>
  tf.layers.dense({ name, units, activation, useBias })
const repeat = () => tf.layers.repeatVector({ name: 'repeat', n: WINDOW })
const both = (options: Partial<LstmOptions>) => () => [
  encoder(options),
  repeat(),
  decoder(options),
  dense('reconstruction'),
]
const bottleneck = (activation: Activation) => () => [
  encoder(),
  dense('bottleneck', activation, 3),
  repeat(),
  decoder(),
  dense('reconstruction'),
]

/** What can be trained beside the autoencoders of `models`: every option of a layer, and layers in other places. */
export const NETWORKS: Record<string, () => Layer[]> = {
  hardSigmoid: both({ recurrentActivation: 'hardSigmoid' }),
  'hardSigmoid, relu': both({ recurrentActivation: 'hardSigmoid', activation: 'relu' }),
  'large layers': both({ units: 130 }),
  'large layers, relu': both({ units: 130, activation: 'relu' }),
  'large layers, hardSigmoid': both({ units: 130, recurrentActivation: 'hardSigmoid' }),
  'a large layer after a small one': () => [
    decoder({ name: 'small' }),
    encoder({ units: 128 }),
    repeat(),
    decoder({ units: 128 }),
    decoder({ name: 'last' }),
    dense('reconstruction'),
  ],
  'an LSTM with sigmoid': both({ activation: 'sigmoid' }),
  'no biases': () => [
    encoder({ useBias: false }),
    repeat(),
    decoder({ useBias: false }),
    dense('reconstruction', 'linear', COLUMNS, false),
  ],
  'a linear bottleneck': bottleneck('linear'),
  'a sigmoid bottleneck': bottleneck('sigmoid'),
  'a tanh bottleneck': bottleneck('tanh'),
  'a relu bottleneck': bottleneck('relu'),
  'a hardSigmoid bottleneck': bottleneck('hardSigmoid'),
  'Dense on the repeated code': () => [
    encoder(),
    repeat(),
    dense('expansion', 'tanh', 3),
    decoder(),
    dense('reconstruction'),
  ],
  'Dense before the LSTM': () => [
    dense('embedding', 'relu', 6),
    encoder(),
    repeat(),
    decoder(),
    dense('reconstruction'),
  ],
  'LSTMs without a code': () => [
    decoder({ name: 'first' }),
    decoder({ name: 'second' }),
    dense('reconstruction'),
  ],
  'no LSTM': () => [dense('hidden', 'tanh', 7), dense('hidden_2', 'hardSigmoid', 3), dense('reconstruction')],
  'a layer used twice': () => {
    const twice = dense('twice', 'tanh')
    return [twice, encoder(), repeat(), decoder(), dense('reconstruction'), twice]
  },
}

/** A network of the list by its name, with random weights and a random series. */
export function networkTraining(name: string): Training {
  const input = tf.input({ shape: [WINDOW, COLUMNS] })
  const outputs = NETWORKS[name]().reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input)
  const model = tf.model({ name: 'network', inputs: input, outputs })
  const random = new Random(0, name)
  randomizeWeights(model, random)
  const rows = 4 * WINDOW
  return {
    name,
    model,
    options: { scaler: { kind: 'none', center: [0, 0], scale: [1, 1] }, loss: 'mse' },
    series: {
      values: Float32Array.from({ length: rows * COLUMNS }, () => random.normal()),
      columns: COLUMNS,
    },
    nextBatch: () => ({
      starts: Array.from({ length: BATCH }, () => random.below(rows - WINDOW + 1)),
      sampleWeights: new Array(BATCH).fill(1 / BATCH),
    }),
  }
}
