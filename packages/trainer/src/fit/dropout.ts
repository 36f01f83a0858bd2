import type { Random } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Draws } from '../engines/draws.js'
import type { DrawBatch } from './draws.js'

/** A place where values are dropped out. */
export interface Dropping {
  /** Under which graphs take what is left; see {@link Draws}. */
  name: string
  /** Of one window's values. */
  lengths: readonly number[]
  /** The part of them that is dropped. */
  rate: number
}

/** The layers Dropout of a model. */
export const dropoutOf = (model: tf.LayersModel): Dropping[] =>
  model.layers
    .filter((layer) => layer.getClassName() === 'Dropout')
    .map((layer) => ({
      name: `${layer.name}/keep`,
      lengths: (layer.outputShape as number[]).slice(1),
      rate: Number(layer.getConfig().rate),
    }))

/**
 * What dropout leaves of values in a batch: 0 with its rate, else 1 / (1 − rate), so that the mean stays (Srivastava et
 * al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting).
 * @returns nothing where nothing is dropped
 */
export function drawDropout(places: readonly Dropping[]): DrawBatch | undefined {
  if (places.length === 0) return undefined
  return (random: Random, windows: number): Draws =>
    Object.fromEntries(
      places.map(({ name, lengths, rate }) => {
        const shape = [windows, ...lengths]
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1))
        for (let i = 0; i < data.length; i++) data[i] = random.uniform() < rate ? 0 : 1 / (1 - rate)
        return [name, { data, shape }]
      }),
    )
}
