import type { LossName, TrainingOptions } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { randomModel } from './random-models.js'
import type { Batch, Rows } from './run-training.js'

/** A model and what it can be trained on. */
export interface Training {
  name: string
  model: tf.LayersModel
  options: Pick<TrainingOptions, 'scaler' | 'lossWeights' | 'singleWindows'> & { loss: LossName }
  series: Rows
  nextBatch: () => Batch
}

export const LOSSES: LossName[] = ['mse', 'mae', 'huber']

/** Seeds of random models that tfjs can train: it cannot differentiate an LSTM over a single step. */
export function trainableSeeds(count: number): number[] {
  const seeds: number[] = []
  for (let seed = 0; seeds.length < count; seed++) {
    const { model, window } = randomModel(seed)
    if (window > 1) seeds.push(seed)
    model.dispose()
  }
  return seeds
}

/**
 * A random model, and a series to train it on: with and without a scaler, with equal and with random weights of the
 * windows, with each of the losses.
 */
export function randomTraining(seed: number, batchSize = 64): Training {
  const { name, model, window, columns, batch, rows } = randomModel(seed)
  const random = new Random(seed, 'training')
  const isScaled = seed % 2 === 0
  const perColumn = (scaled: () => number, otherwise: number) =>
    Array.from({ length: columns }, () => (isScaled ? Math.fround(scaled()) : otherwise))
  const scaler = {
    kind: isScaled ? ('standard' as const) : ('none' as const),
    center: perColumn(() => 10 * random.normal(), 0),
    scale: perColumn(() => 0.1 + 10 * random.uniform(), 1),
  }
  const series: Rows = {
    values: rows.map((value, i) => scaler.center[i % columns] + scaler.scale[i % columns] * value),
    columns,
  }

  const lastStart = batch * window - window
  const nextBatch = () => {
    const starts = Array.from({ length: Math.min(batch, batchSize) }, () => random.below(lastStart + 1))
    const parts = starts.map(() => (seed % 4 < 2 ? 1 : 0.5 + random.uniform()))
    const whole = parts.reduce((a, b) => a + b, 0)
    return { starts, sampleWeights: parts.map((part) => part / whole) }
  }
  return { name, model, options: { scaler, loss: LOSSES[seed % 3] }, series, nextBatch }
}
