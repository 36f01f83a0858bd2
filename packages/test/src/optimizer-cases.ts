import type { OptimizerOptions } from '@tempocode/converters'
import * as tf from '@tensorflow/tfjs'

/** An optimizer as an option of training graphs, and tfjs's own. */
export interface OptimizerCase {
  name: string
  ours: OptimizerOptions
  theirs: (learningRate: number) => tf.Optimizer
  learningRate: number
}

export const OPTIMIZERS: OptimizerCase[] = [
  { name: 'sgd', ours: { name: 'sgd' }, theirs: tf.train.sgd, learningRate: 0.1 },
  {
    name: 'momentum',
    ours: { name: 'sgd', momentum: 0.9 },
    theirs: (rate) => tf.train.momentum(rate, 0.9),
    learningRate: 0.05,
  },
  {
    name: 'nesterov',
    ours: { name: 'sgd', momentum: 0.8, nesterov: true },
    theirs: (rate) => tf.train.momentum(rate, 0.8, true),
    learningRate: 0.05,
  },
  { name: 'adam', ours: { name: 'adam' }, theirs: (rate) => tf.train.adam(rate), learningRate: 0.001 },
  {
    name: 'rmsprop',
    ours: { name: 'rmsprop' },
    theirs: (rate) => tf.train.rmsprop(rate),
    learningRate: 0.001,
  },
  {
    name: 'rmsprop with momentum',
    ours: { name: 'rmsprop', rho: 0.8, momentum: 0.5, epsilon: 1e-3 },
    theirs: (rate) => tf.train.rmsprop(rate, 0.8, 0.5, 1e-3),
    learningRate: 0.001,
  },
  {
    name: 'adam with settings',
    ours: { name: 'adam', beta1: 0.8, beta2: 0.95, epsilon: 1e-4 },
    theirs: (rate) => tf.train.adam(rate, 0.8, 0.95, 1e-4),
    learningRate: 0.002,
  },
]
