import type { Random } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Draws } from '../engines/draws.js'
import type { DrawBatch } from './draws.js'

/**
 * What the layers Dropout of a model leave of their inputs in a batch: 0 with the layer's rate, else 1 / (1 − rate), so
 * that the mean stays (Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting).
 * @returns nothing where the model has none
 */
export function dropoutOf(model: tf.LayersModel): DrawBatch | undefined {
  const layers = model.layers.filter((layer) => layer.getClassName() === 'Dropout')
  if (layers.length === 0) return undefined
  return (random: Random, windows: number): Draws =>
    Object.fromEntries(
      layers.map((layer) => {
        const [, ...lengths] = layer.outputShape as number[]
        const shape = [windows, ...lengths]
        const rate = Number(layer.getConfig().rate)
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1))
        for (let i = 0; i < data.length; i++) data[i] = random.uniform() < rate ? 0 : 1 / (1 - rate)
        return [`${layer.name}/keep`, { data, shape }]
      }),
    )
}
