import { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'

tf.enableProdMode() // else tfjs prints a banner when it first computes

/** Saves a model and loads it again: its topology goes through JSON text, as in a file. */
export async function reload(model: tf.LayersModel): Promise<tf.LayersModel> {
  const kept: tf.io.ModelArtifacts[] = []
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      kept.push(artifacts)
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
    }),
  )
  const modelTopology = JSON.parse(JSON.stringify(kept[0].modelTopology))
  return tf.loadLayersModel(tf.io.fromMemory({ ...kept[0], modelTopology }))
}

/** Numbers of the standard normal distribution. */
export function normal(shape: number[], seed: number): tf.Tensor {
  const random = new Random(seed)
  return tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  )
}

/** Gives every weight, biases included, numbers of its own, so that no two could be taken for each other. */
export function randomize(model: tf.LayersModel, seed: number): tf.LayersModel {
  model.setWeights(model.getWeights().map(({ shape }, i) => normal(shape, 1000 * seed + i).mul(0.5)))
  return model
}

/** What a model with one output gives, as nested lists of numbers. */
export const predict = <T>(model: tf.LayersModel, input: tf.Tensor | tf.Tensor[]): T =>
  (model.predict(input) as tf.Tensor).arraySync() as T

/** What every output of a model gives. */
export const predictAll = (model: tf.LayersModel, input: tf.Tensor | tf.Tensor[]): number[][] =>
  [model.predict(input)].flat().map((output) => [...output.dataSync()])

/** The weights of a layer, as nested lists. */
export const weightsOf = <T extends unknown[]>(layer: tf.layers.Layer): T =>
  layer.getWeights().map((weight) => weight.arraySync()) as T

/** The largest difference of two lists of numbers, nested alike. */
export function difference(a: unknown, b: unknown): number {
  const [x, y] = [a, b].map((list) => (list as number[]).flat(Number.POSITIVE_INFINITY) as number[])
  if (x.length !== y.length) return Number.NaN
  return x.reduce((worst, value, i) => Math.max(worst, Math.abs(value - y[i])), 0)
}
