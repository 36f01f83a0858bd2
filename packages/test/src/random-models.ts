import { Random } from '@tempocode/core'
import { lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'

export interface RandomModel {
  name: string
  model: tf.LayersModel
  window: number
  columns: number
  batch: number
  /** [batch, window, columns], normally distributed. */
  rows: Float32Array
}

/** An LSTM autoencoder of random size: 1–5 layers of 1–67 units, tanh or relu, window 1–40, batch 1–64. */
export function randomModel(seed: number): RandomModel {
  const random = new Random(seed, 'random model')
  const between = (low: number, high: number) => low + random.below(high - low + 1)
  const units = Array.from({ length: between(1, 5) }, () => between(1, 67))
  const [window, columns, batch] = [between(1, 40), between(1, 9), between(1, 64)]
  const activation = random.below(2) ? 'tanh' : 'relu'
  const model = lstmAutoencoder({ window, columns, units, activation, seed })
  randomizeWeights(model, random)
  const rows = Float32Array.from({ length: batch * window * columns }, () => random.normal())
  const name = `${activation} ${units.join('-')}, T${window} C${columns} B${batch}, seed ${seed}`
  return { name, model, window, columns, batch, rows }
}

/**
 * Gives every weight a value of its own, biases included: equal weights for all gates, or biases of 0, would hide
 * gates that are mixed up. The standard deviation is 0.7/√fan-in; from 1/√fan-in on, deep relu networks amplify
 * rounding so much that two backends of tfjs differ by 5e-5 themselves.
 */
export function randomizeWeights(model: tf.LayersModel, random: Random): void {
  const weights = model.getWeights().map(({ shape }) => {
    const fanIn = shape.length > 1 ? shape[0] : 4
    const size = shape.reduce((a, b) => a * b, 1)
    return tf.tensor(
      Float32Array.from({ length: size }, () => (0.7 * random.normal()) / Math.sqrt(fanIn)),
      shape,
    )
  })
  model.setWeights(weights)
  tf.dispose(weights)
}

/**
 * The largest difference, as a part of the largest value of what is expected; 0 where both are all 0.
 * @param least what the largest value counts as where it is smaller
 */
export function relativeError(received: ArrayLike<number>, expected: ArrayLike<number>, least = 0): number {
  let [difference, size] = [0, least]
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(received[i] - expected[i])) // NaN stays NaN
    size = Math.max(size, Math.abs(expected[i]))
  }
  if (received.length !== expected.length) return Number.NaN
  return difference === 0 ? 0 : difference / size
}
