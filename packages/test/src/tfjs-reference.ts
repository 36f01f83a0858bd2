import type { LossName, TrainingFile } from '@tempocode/converters'
import * as tf from '@tensorflow/tfjs'
import type { Rows } from './run-training.js'

export interface ReferenceOptions {
  scaler: { center: readonly number[]; scale: readonly number[] }
  loss: LossName
  clipNorm?: number
}

/** One batch as tfjs takes it. */
export interface ReferenceBatch {
  starts: readonly number[]
  sampleWeights?: readonly number[]
}

/** tfjs's own losses, with a weight for each value. */
const LOSSES: Record<LossName, (target: tf.Tensor, output: tf.Tensor, weights: tf.Tensor) => tf.Scalar> = {
  mse: (target, output, weights) =>
    tf.losses.meanSquaredError(target, output, weights, tf.Reduction.SUM) as tf.Scalar,
  mae: (target, output, weights) =>
    tf.losses.absoluteDifference(target, output, weights, tf.Reduction.SUM) as tf.Scalar,
  huber: (target, output, weights) =>
    tf.losses.huberLoss(target, output, weights, 1, tf.Reduction.SUM) as tf.Scalar,
}

/**
 * Loss, norm and gradients of a batch by tfjs's automatic differentiation; the gradients are clipped, and in the order
 * of the model's weights. Call it in a `tf.tidy`.
 */
export function tfjsGradients(
  model: tf.LayersModel,
  { values, columns }: Rows,
  { starts, sampleWeights = starts.map(() => 1 / starts.length) }: ReferenceBatch,
  { scaler, loss, clipNorm = 0 }: ReferenceOptions,
) {
  const window = model.inputs[0].shape[1] as number
  const raw = starts.flatMap((start) => [...values.subarray(start * columns, (start + window) * columns)])
  const scaled = raw.map((value, i) =>
    Math.fround(Math.fround(value - scaler.center[i % columns]) / scaler.scale[i % columns]),
  )
  const windows = tf.tensor3d(scaled, [starts.length, window, columns])
  const weights = tf.tensor3d(
    sampleWeights.map((weight) => weight / (window * columns)),
    [starts.length, 1, 1],
  )
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
  const { value, grads } = tf.variableGrads(
    () => LOSSES[loss](windows, model.apply(windows, { training: true }) as tf.Tensor, weights),
    variables,
  )
  const norm = tf.sqrt(tf.addN(variables.map(({ name }) => tf.sum(tf.square(grads[name])))))
  const scale = clipNorm > 0 ? tf.minimum(1, tf.div(clipNorm, norm)) : tf.scalar(1)
  const gradients = variables.map(({ name }) => tf.mul(grads[name], scale))
  return { loss: value.dataSync()[0], norm: norm.dataSync()[0], gradients }
}

/** Steps tfjs's optimizer through batches and leaves the weights in the model; gives the steps' losses. */
export function tfjsTraining(
  model: tf.LayersModel,
  rows: Rows,
  batches: readonly ReferenceBatch[],
  optimizer: tf.Optimizer,
  options: ReferenceOptions,
): number[] {
  const names = model.trainableWeights.map((weight) => (weight.read() as tf.Variable).name)
  return batches.map((batch) =>
    tf.tidy(() => {
      const { loss, gradients } = tfjsGradients(model, rows, batch, options)
      optimizer.applyGradients(Object.fromEntries(gradients.map((gradient, i) => [names[i], gradient])))
      return loss
    }),
  )
}

/** One tensor for each of the model's weights, as the training graph stores it. */
export function inGraphLayout(
  model: tf.LayersModel,
  { parameters }: TrainingFile,
  tensors: readonly tf.Tensor[],
): Float32Array[] {
  const before = model.getWeights().map((weight) => tf.keep(weight.clone()))
  model.setWeights([...tensors])
  const stored = parameters.map(({ read }) => read())
  model.setWeights(before)
  tf.dispose(before)
  return stored
}
