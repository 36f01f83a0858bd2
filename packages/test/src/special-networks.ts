import { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { COLUMNS, chains, type Layer, type Network, WINDOW } from './network-parts.js'
import { randomizeWeights } from './random-models.js'
import type { Training } from './random-training.js'
import { RECURRENT_NETWORKS } from './recurrent-networks.js'
import { SHAPE_NETWORKS } from './shape-networks.js'
import { smallTraining } from './small-training.js'

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

const LSTM_NETWORKS: Record<string, () => Layer[]> = {
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

/** What can be trained beside the autoencoders of `models`: every option of a layer, and layers in other places. */
export const NETWORKS: Record<string, Network> = {
  ...chains(LSTM_NETWORKS),
  ...RECURRENT_NETWORKS,
  ...SHAPE_NETWORKS,
}

/** A network of the list by its name, with random weights and a random series. */
export function networkTraining(name: string, windows?: number): Training {
  const input = tf.input({ shape: [WINDOW, COLUMNS] })
  const model = tf.model({ name: 'network', inputs: input, outputs: NETWORKS[name](input) })
  const random = new Random(0, name)
  randomizeWeights(model, random)
  return smallTraining(name, model, random, windows)
}
