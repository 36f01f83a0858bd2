import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { transform } from '../scaler.js'
import type { Series } from '../series.js'
import { batchesOf, windowStarts } from '../windows.js'
import { fit } from './fit.js'
import type { FitOptions } from './options.js'
import type { Run } from './run.js'

const BATCH = 1024 // windows that are encoded at once

/**
 * Trains a stack of dense layers one by one, each with its counterpart in the decoder as a network of one hidden layer:
 * the first to give back the windows, each further one the codes of the one before (Bengio et al. 2007, Greedy
 * Layer-Wise Training of Deep Networks; with `corrupt`, the stacked denoising autoencoder of Vincent et al. 2010).
 * Afterwards `fit` trains them together.
 *
 * The rows that `fit` will hold out by the same `validationSplit` are not seen: each layer validates on a part of the
 * training rows.
 *
 * @param model of `denseAutoencoder` or `stackedAutoencoder`: layers encoder_1 … n and decoder_1 … n; trained in place
 * @param options of each layer's training; `resume` and `sampleWeights` are for `fit` alone
 * @returns the layers' trainings, the first layer's first
 * @throws TempocodeError `model` where the model has no such layers, `option` for an option that is not allowed, and
 *   what `fit` throws
 */
export async function pretrain(
  model: tf.LayersModel,
  series: Series,
  options: Omit<FitOptions, 'resume' | 'sampleWeights'> = {},
): Promise<Run[]> {
  for (const name of ['resume', 'sampleWeights']) {
    if (name in options)
      throw new TempocodeError('option', `pretrain: ${name} is not allowed; it is for fit alone`)
  }
  const pairs = pairsOf(model)
  const runs: Run[] = []
  let rows = series
  for (const [i, pair] of pairs.entries()) {
    const network = shallow(model, pair, i === 0 ? undefined : rows.columns.length)
    const later = i > 0 && { scaler: 'none' as const, stride: 1 }
    const run = await fit(network.model, rows, { ...options, ...later })
    for (const layer of pair) layer.setWeights(network.model.getLayer(layer.name).getWeights())
    runs.push(run)
    if (i < pairs.length - 1) rows = codes(network.encoder, rows, run)
  }
  return runs
}

type Pair = [encoder: tf.layers.Layer, decoder: tf.layers.Layer]

/** Each layer of the encoder with the one that undoes it. */
function pairsOf(model: tf.LayersModel): Pair[] {
  const numbered = (part: string) =>
    model.layers.filter(({ name }) => new RegExp(`^${part}_\\d+$`).test(name))
  const [encoder, decoder] = [numbered('encoder'), numbered('decoder').reverse()]
  const isRelative = model.layers.some(({ name }) => name === 'changes')
  const areDense = [...encoder, ...decoder].every((layer) => /Dense$/.test(layer.getClassName()))
  if (encoder.length === 0 || encoder.length !== decoder.length || !areDense || isRelative) {
    const names = model.layers.map((layer) => `${layer.name} (${layer.getClassName()})`).join(', ')
    const message = `model ${model.name} cannot be trained layer by layer: it takes windows as they are, and Dense layers encoder_1 … n and decoder_1 … n; its layers are ${names}`
    throw new TempocodeError('model', message)
  }
  return encoder.map((layer, i) => [layer, decoder[i]])
}

/**
 * Copies of a pair as a network of their own.
 * @param columns of the codes that it takes, as windows of one row; left out for the first pair, which takes windows
 */
function shallow(model: tf.LayersModel, [encoder, decoder]: Pair, columns?: number) {
  const [, ...shape] = columns ? [null, 1, columns] : (model.inputs[0].shape as number[])
  const input = tf.input({ shape })
  const flat = tf.layers.flatten().apply(input)
  const code = copyOf(encoder).apply(flat) as tf.SymbolicTensor
  const output = tf.layers
    .reshape({ name: 'reconstruction', targetShape: shape })
    .apply(copyOf(decoder).apply(code)) as tf.SymbolicTensor
  const network = tf.model({ name: `${model.name}_${encoder.name}`, inputs: input, outputs: output })
  for (const layer of [encoder, decoder]) network.getLayer(layer.name).setWeights(layer.getWeights())
  return { model: network, encoder: tf.model({ inputs: input, outputs: code }) }
}

function copyOf(layer: tf.layers.Layer): tf.layers.Layer {
  const type = layer.constructor as tf.serialization.SerializableConstructor<tf.layers.Layer>
  return type.fromConfig(type, layer.getConfig())
}

/** The codes of the training windows, in the order of time; windows of a segment follow each other. */
function codes(encoder: tf.LayersModel, series: Series, { scaler, split, settings }: Run): Series {
  const [, window, columns] = encoder.inputs[0].shape as number[]
  const [, size] = encoder.outputs[0].shape as number[]
  const scaled = transform(series.values, scaler)
  const length = window * columns
  const parts: Float32Array[] = []
  let rows = 0
  const segments = split.train.flatMap((segment) => {
    if (segment.end - segment.start < window) return []
    const starts = windowStarts([segment], window, settings.stride)
    for (const batch of batchesOf({ starts }, BATCH)) {
      const windows = new Float32Array(batch.starts.length * length)
      batch.starts.forEach((start, i) => {
        windows.set(scaled.subarray(start * columns, start * columns + length), i * length)
      })
      parts.push(
        tf.tidy(() => {
          const input = tf.tensor(windows, [batch.starts.length, window, columns])
          return (encoder.predict(input) as tf.Tensor).dataSync() as Float32Array
        }),
      )
    }
    rows += starts.length
    return [{ ...segment, start: rows - starts.length, end: rows }]
  })
  const values = new Float32Array(rows * size)
  let at = 0
  for (const part of parts) {
    values.set(part, at)
    at += part.length
  }
  return { columns: Array.from({ length: size }, (_, i) => `f${i}`), rows, values, segments }
}
