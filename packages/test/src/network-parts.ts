import { MASK_VALUE, ResetAfterGru, Unmask } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'

// What the networks of the lists are made of: [batch, WINDOW, COLUMNS] → [batch, WINDOW, COLUMNS].

export type Layer = tf.layers.Layer
/** Makes the output from the input. */
export type Network = (input: tf.SymbolicTensor) => tf.SymbolicTensor
/** The options that LSTM and GRU have in common. */
export type RecurrentOptions = Partial<Parameters<typeof tf.layers.gru>[0]> & { name: string }
export type RecurrentLayer = (options: RecurrentOptions) => Layer

export const WINDOW = 5
export const COLUMNS = 2

// tfjs's own initializer takes long, and random weights follow
const defaults = { units: 4, recurrentActivation: 'sigmoid', recurrentInitializer: 'zeros' } as const

export const RECURRENT: Record<'LSTM' | 'GRU, reset before' | 'GRU, reset after', RecurrentLayer> = {
  LSTM: (options) => tf.layers.lstm({ ...defaults, ...options }),
  'GRU, reset before': (options) => tf.layers.gru({ ...defaults, ...options }),
  'GRU, reset after': (options) => new ResetAfterGru({ ...defaults, ...options }),
}
export const lstm = RECURRENT.LSTM

export const bothWays = (layer: Layer): Layer =>
  tf.layers.bidirectional({ layer: layer as tf.RNN, mergeMode: 'concat', name: `both_${layer.name}` })
export const dense = (name: string, units: number, activation: 'tanh' | 'linear' = 'tanh'): Layer =>
  tf.layers.dense({ name, units, activation })
export const masking = (): Layer => tf.layers.masking({ name: 'masking', maskValue: MASK_VALUE })
export const unmask = (): Layer => new Unmask({ name: 'unmask' })
export const repeat = (): Layer => tf.layers.repeatVector({ name: 'repeat', n: WINDOW })
export const decoder = (): Layer => lstm({ name: 'decoder', returnSequences: true })
export const reconstruction = (): Layer => dense('reconstruction', COLUMNS, 'linear')

/** Layers that encode, and the usual decoder. */
export const encodedBy = (...layers: Layer[]): Layer[] => [...layers, repeat(), decoder(), reconstruction()]

export const chain = (layers: readonly Layer[], input: tf.SymbolicTensor): tf.SymbolicTensor =>
  layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input)

/** Networks of layers one after the other, each new when it is made. */
export const chains = (lists: Record<string, () => Layer[]>): Record<string, Network> =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, (input) => chain(list(), input)]))
