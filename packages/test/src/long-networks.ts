import { Random } from '@tempocode/core'
import { type LstmAutoencoderOptions, lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { COLUMNS, chain, lstm, reconstruction } from './network-parts.js'
import { randomizeWeights } from './random-models.js'
import type { Training } from './random-training.js'
import { smallTraining } from './small-training.js'

const WINDOW = 300

const autoencoder = (options: Partial<LstmAutoencoderOptions>) => () =>
  lstmAutoencoder({ window: WINDOW, columns: COLUMNS, units: [12], ...options })

/** Networks whose windows are so long that back-propagation takes their steps in blocks, by name. */
export const LONG_NETWORKS: Record<string, () => tf.LayersModel> = {
  'one layer': autoencoder({}),
  'large blocks of products': autoencoder({ units: [40] }),
  'layers with blocks of other lengths': autoencoder({ units: [16, 9] }),
  'masked, both ways': autoencoder({ masked: true, bidirectional: true }),
  'states handed on, hardSigmoid': () => {
    const input = tf.input({ shape: [WINDOW, COLUMNS] })
    const layer = (name: string, options: object) =>
      lstm({ name, units: 12, recurrentActivation: 'hardSigmoid', returnSequences: true, ...options })
    const [sequence, ...states] = layer('first', { returnState: true }).apply(input) as tf.SymbolicTensor[]
    const backwards = layer('encoder', { goBackwards: true, returnSequences: false })
    const code = backwards.apply(sequence, { initialState: states }) as tf.SymbolicTensor
    const repeated = tf.layers.repeatVector({ n: WINDOW }).apply(code) as tf.SymbolicTensor
    const decoded = layer('decoder', {}).apply(repeated, { initialState: states }) as tf.SymbolicTensor
    return tf.model({ name: 'network', inputs: input, outputs: chain([reconstruction()], decoded) })
  },
}

/** A network of the list by its name, with random weights and a random series. */
export function longTraining(name: string, windows?: number): Training {
  const model = LONG_NETWORKS[name]()
  const random = new Random(0, name)
  randomizeWeights(model, random)
  return smallTraining(name, model, random, windows)
}
