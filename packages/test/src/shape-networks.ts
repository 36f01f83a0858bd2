import { ActivityRegularization, ReverseTime } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import {
  COLUMNS,
  chains,
  decoder,
  dense,
  encodedBy,
  lstm,
  type Network,
  RECURRENT,
  reconstruction,
  repeat,
  WINDOW,
} from './network-parts.js'

const flatten = () => tf.layers.flatten({ name: 'flatten' })
const reshape = (name: string, steps: number, n: number) =>
  tf.layers.reshape({ name, targetShape: [steps, n] })
const reverse = () => new ReverseTime({ name: 'reverse' })
const dropout = (name: string) => tf.layers.dropout({ name, rate: 0.4 })
const sparse = (name: string) => new ActivityRegularization({ name, l1: 0.1 })

/** Layers that change a sequence's shape or order, drop its values or cost something, wherever they may stand. */
export const SHAPE_NETWORKS: Record<string, Network> = chains({
  'Flatten and Reshape': () => [
    lstm({ name: 'first', returnSequences: true }),
    flatten(),
    dense('code', 3),
    dense('expansion', 8),
    reshape('sequence', 4, 2),
    RECURRENT['GRU, reset after']({ name: 'last' }),
    repeat(),
    reconstruction(),
  ],
  'Flatten of a repeated code': () => [
    lstm({ name: 'encoder' }),
    repeat(),
    flatten(),
    dense('decoder', WINDOW * COLUMNS),
    reshape('reconstruction', WINDOW, COLUMNS),
  ],
  'a sequence as another one': () => encodedBy(reshape('other', COLUMNS, WINDOW), lstm({ name: 'encoder' })),
  'reversed windows': () => encodedBy(reverse(), lstm({ name: 'encoder' })),
  'a reversed repeated code': () => [
    lstm({ name: 'encoder' }),
    repeat(),
    reverse(),
    decoder(),
    reconstruction(),
  ],
  'dropout everywhere': () => [
    dropout('of_windows'),
    lstm({ name: 'encoder' }),
    dropout('of_code'),
    repeat(),
    dropout('of_repeated'),
    decoder(),
    dropout('of_sequence'),
    reconstruction(),
  ],
  'L1 everywhere': () => [
    dense('embedding', 3),
    sparse('of_sequence'),
    lstm({ name: 'encoder' }),
    sparse('of_code'),
    repeat(),
    sparse('of_repeated'),
    decoder(),
    reconstruction(),
    sparse('of_output'),
  ],
})
