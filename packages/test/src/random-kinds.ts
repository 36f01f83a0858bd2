import { Random } from '@tempocode/core'
import {
  denseAutoencoder,
  type GruAutoencoderOptions,
  gruAutoencoder,
  type LstmAutoencoderOptions,
  lstmAutoencoder,
  stackedAutoencoder,
} from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { type RandomModel, randomizeWeights } from './random-models.js'
import { LOSSES, type Training } from './random-training.js'
import { smallTraining } from './small-training.js'

/** The options that all builders have. */
type Sizes = Required<Pick<LstmAutoencoderOptions, 'window' | 'columns' | 'units' | 'activation' | 'seed'>>
type Kind = (sizes: Sizes) => tf.LayersModel

const lstm =
  (options: Partial<LstmAutoencoderOptions> = {}): Kind =>
  (sizes) =>
    lstmAutoencoder({ ...sizes, ...options })
const gru =
  (options: Partial<GruAutoencoderOptions> = {}): Kind =>
  (sizes) =>
    gruAutoencoder({ ...sizes, ...options })
const oneLayer =
  (kind: Kind): Kind =>
  (sizes) =>
    kind({ ...sizes, units: sizes.units.slice(-1) })
const twoLayers =
  (kind: Kind): Kind =>
  (sizes) =>
    kind({ ...sizes, units: [6, ...sizes.units.slice(-1)] })

const [bidirectional, masked] = [true, true]
const before = { resetAfter: false }
const prediction = { heads: ['prediction'], horizon: 3 } as const
const composite = { heads: ['reconstruction', 'prediction'], horizon: 3 } as const
const shifted = { heads: ['prediction', 'reconstruction'], horizon: 'shifted' } as const

/** The kinds of network whose encoders differ. */
export const ENCODERS: Record<string, Kind> = {
  LSTM: lstm(),
  'GRU, reset before': gru(before),
  'GRU, reset after': gru(),
  'bidirectional LSTM': lstm({ bidirectional }),
  'bidirectional GRU, reset before': gru({ bidirectional, ...before }),
  'bidirectional GRU, reset after': gru({ bidirectional }),
  'masked LSTM': lstm({ masked }),
  'masked GRU, reset before': gru({ masked, ...before }),
  'masked GRU, reset after': gru({ masked }),
  'masked bidirectional LSTM': lstm({ masked, bidirectional }),
  'masked bidirectional GRU, reset before': gru({ masked, bidirectional, ...before }),
  'masked bidirectional GRU, reset after': gru({ masked, bidirectional }),
  dense: (sizes) => denseAutoencoder(sizes),
  stacked: (sizes) => stackedAutoencoder({ ...sizes, activation: 'sigmoid' }),
  composite: lstm(composite),
  'decoders that start from the state': lstm({ decoderState: true, ...composite }),
  'conditional decoders': oneLayer(lstm({ conditional: true, ...composite, reversed: true })),
  'dropout and L1': twoLayers(lstm({ dropout: 0.3, l1: 0.01, masked, bidirectional })),
}

/** All kinds of network that are trained in ways of their own. */
export const KINDS: Record<string, Kind> = {
  ...ENCODERS,
  prediction: lstm(prediction),
  'shifted prediction': lstm(shifted),
  reversed: lstm({ reversed: true }),
  'masked shifted prediction': lstm({ ...shifted, masked }),
  'masked, reversed': gru({ masked, reversed: true }),
  'composite GRU, reversed': gru({ ...composite, reversed: true }),
  'a decoder that starts from the state': lstm({ decoderState: true }),
  'a conditional decoder': oneLayer(lstm({ conditional: true })),
  dropout: twoLayers(lstm({ dropout: 0.4 })),
  'GRU with dropout': twoLayers(gru({ dropout: 0.4, masked })),
  'sparse GRU': gru({ l1: 0.05 }),
  'dense, tied': (sizes) => denseAutoencoder({ ...sizes, tied: true }),
  'dense, relative': (sizes) => denseAutoencoder({ ...sizes, relative: true }),
  'dense with dropout and L1': twoLayers((sizes) => denseAutoencoder({ ...sizes, dropout: 0.3, l1: 0.02 })),
}

/** A network of a kind, of random size: 1–3 layers of 2–24 units, tanh or relu, window 3–16, batch 1–8. */
export function randomOfKind(kind: string, seed: number): RandomModel & { sizes: Sizes } {
  const random = new Random(seed, kind)
  const between = (low: number, high: number) => low + random.below(high - low + 1)
  const units = Array.from({ length: between(1, 3) }, () => 2 * between(1, 12))
  const [window, columns, batch] = [between(3, 16), between(1, 4), between(1, 8)]
  const activation = random.below(2) ? 'tanh' : 'relu'
  const sizes: Sizes = { window, columns, units, activation, seed }
  const model = KINDS[kind](sizes)
  randomizeWeights(model, random)
  const rows = Float32Array.from({ length: batch * window * columns }, () => random.normal())
  const name = `${kind}: ${activation} ${units.join('-')}, T${window} C${columns} B${batch}, seed ${seed}`
  return { name, model, window, columns, batch, rows, sizes }
}

/** A network of a kind and what it is trained on, with each of the losses, and weights for outputs where it has two. */
export function trainingOfKind(kind: string, seed: number, windows?: number): Training {
  const { name, model } = randomOfKind(kind, seed)
  const random = new Random(seed, `training of ${kind}`)
  const training = smallTraining(name, model, random, windows)
  const outputs = model.outputs.map(({ sourceLayer }) => sourceLayer.name)
  const weigh = (output: string) => [output, 0.5 + random.uniform()]
  const lossWeights = outputs.length > 1 ? Object.fromEntries(outputs.map(weigh)) : undefined
  const loss = LOSSES[(seed + Object.keys(KINDS).indexOf(kind)) % LOSSES.length]
  return { ...training, options: { ...training.options, loss, lossWeights } }
}
