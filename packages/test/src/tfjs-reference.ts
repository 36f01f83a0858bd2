import type { LossName, TrainingFile } from '@tempocode/converters'
import type { Random } from '@tempocode/core'
import { MASK_VALUE } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import type { Batch, Rows } from './run-training.js'
import { tfjsOutputs } from './tfjs-outputs.js'

export interface ReferenceOptions {
  scaler: { center: readonly number[]; scale: readonly number[] }
  loss: LossName
  /** How much each output's loss counts, by the output's name. Default 1 each. */
  lossWeights?: Readonly<Record<string, number>>
  clipNorm?: number
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

/** Koenker & Bassett 1978: what lies above the quantile q costs q times its distance, what lies below 1 − q times. */
const pinballLoss = (q: number) => (target: tf.Tensor, output: tf.Tensor, weights: tf.Tensor) => {
  const above = tf.relu(tf.sub(target, output))
  const below = tf.relu(tf.sub(output, target))
  return tf.sum(tf.mul(tf.add(tf.mul(above, q), tf.mul(below, 1 - q)), weights)) as tf.Scalar
}

/**
 * Loss, norm and gradients of a batch by tfjs's automatic differentiation; the gradients are clipped, and in the order
 * of the model's weights. Call it in a `tf.tidy`.
 */
export function tfjsGradients(model: tf.LayersModel, rows: Rows, batch: Batch, options: ReferenceOptions) {
  const { clipNorm = 0 } = options
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
  const { value, grads } = tf.variableGrads(() => lossOf(model, rows, batch, options), variables)
  const norm = tf.sqrt(tf.addN(variables.map(({ name }) => tf.sum(tf.square(grads[name])))))
  const scale = clipNorm > 0 ? tf.minimum(1, tf.div(clipNorm, norm)) : tf.scalar(1)
  const gradients = variables.map(({ name }) => tf.mul(grads[name], scale))
  return { loss: value.dataSync()[0], norm: norm.dataSync()[0], gradients }
}

/**
 * The same by another rounding. A sum of products that is rounded is the exact sum for factors that differ by a few of
 * their last bits (Higham 2002, section 3.1), so each weight is moved by 2⁻²¹ of itself, up or down, while gradients are
 * computed.
 */
export function roundedGradients(
  model: tf.LayersModel,
  rows: Rows,
  batch: Batch,
  options: ReferenceOptions,
  random: Random,
) {
  const weights = model.getWeights().map((weight) => weight.clone())
  const moved = weights.map((weight) => {
    const values = weight.dataSync().map((w) => w * (1 + (2 * random.below(2) - 1) * 2 ** -21))
    return tf.tensor(values, weight.shape)
  })
  model.setWeights(moved)
  const results = tfjsGradients(model, rows, batch, options)
  model.setWeights(weights)
  return results
}

/** The sum of each output's weighted mean loss over what is not padding, and of what large activities cost. */
function lossOf(model: tf.LayersModel, rows: Rows, batch: Batch, options: ReferenceOptions): tf.Scalar {
  const { starts, sampleWeights = starts.map(() => 1 / starts.length) } = batch
  const [, window] = model.inputs[0].shape as number[]
  const compute = tfjsOutputs(model, scaledRows(rows, batch, options, 0, window), batch.draws)
  const ofOutputs = model.outputs.map((output) => {
    const { name } = output.sourceLayer
    const [, steps, width] = output.shape as number[]
    const offset = firstRow(name, window)
    const weights = starts.map((_, i) => {
      const counted = stepsOf(offset, steps, batch.lengths?.[i])
      const weight = (sampleWeights[i] * (options.lossWeights?.[name] ?? 1)) / width
      return counted.map((counts) => [counts ? weight / counted.filter(Boolean).length : 0])
    })
    const target = tf.slice(scaledRows(rows, batch, options, offset, steps), [0, 0, 0], [-1, -1, width])
    const loss = name.startsWith('quantile_')
      ? pinballLoss(Number(name.slice('quantile_'.length)) / 100)
      : LOSSES[options.loss]
    return loss(target, compute(output), tf.tensor3d(weights))
  })
  const penalized = model.layers.filter((layer) => layer.getClassName() === 'ActivityRegularization')
  const ofActivities = penalized.map((layer) => {
    const activity = tf.abs(compute(layer.output as tf.SymbolicTensor))
    const perWindow = tf.sum(tf.reshape(activity, [starts.length, -1]), 1)
    return tf.mul(tf.sum(tf.mul(perWindow, sampleWeights)), Number(layer.getConfig().l1)) as tf.Scalar
  })
  return tf.addN([...ofOutputs, ...ofActivities]) as tf.Scalar
}

/** The first row, counted from the window's, that an output should equal. */
function firstRow(output: string, window: number): number {
  if (output === 'prediction' || output.startsWith('quantile_')) return window
  return output === 'shifted_prediction' ? 1 : 0
}

/** Which of the rows from an offset on count. */
const stepsOf = (offset: number, steps: number, length = Number.POSITIVE_INFINITY): boolean[] =>
  Array.from({ length: steps }, (_, t) => offset + t < length)

/** Some rows of each window, scaled as the graph scales them, and MASK_VALUE in the padding: [batch, steps, columns]. */
function scaledRows(
  { values, columns }: Rows,
  { starts, lengths }: Batch,
  { scaler }: ReferenceOptions,
  offset: number,
  steps: number,
): tf.Tensor3D {
  const windows = starts.map((start, i) =>
    stepsOf(offset, steps, lengths?.[i]).map((counts, t) =>
      Array.from({ length: columns }, (_, column) => {
        if (!counts) return MASK_VALUE
        const value = values[(start + offset + t) * columns + column]
        return Math.fround(Math.fround(value - scaler.center[column]) / scaler.scale[column])
      }),
    ),
  )
  return tf.tensor3d(windows)
}

/**
 * Steps tfjs's optimizer through batches and leaves the weights in the model; gives the steps' losses.
 * @param random rounds gradients otherwise, as `roundedGradients` does
 */
export function tfjsTraining(
  model: tf.LayersModel,
  rows: Rows,
  batches: readonly Batch[],
  optimizer: tf.Optimizer,
  options: ReferenceOptions,
  random?: Random,
): number[] {
  const names = model.trainableWeights.map((weight) => (weight.read() as tf.Variable).name)
  return batches.map((batch) =>
    tf.tidy(() => {
      const { loss, gradients } = random
        ? roundedGradients(model, rows, batch, options, random)
        : tfjsGradients(model, rows, batch, options)
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
