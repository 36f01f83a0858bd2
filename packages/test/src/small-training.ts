import type { Random } from '@tempocode/core'
import { isMasked } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Training } from './random-training.js'
import type { Batch } from './run-training.js'

/**
 * A network and a short random series to train it on by mse, with batches of all that the network needs.
 * @param windows in a batch
 */
export function smallTraining(name: string, model: tf.LayersModel, random: Random, windows = 3): Training {
  const [window, columns] = model.inputs[0].shape.slice(1) as [number, number]
  const rows = 4 * window + 5
  const steps = model.outputs.map(({ shape }) => shape[1] as number)
  const span = isMasked(model) ? window : window + Math.max(...steps) // enough for any target
  return {
    name,
    model,
    options: {
      singleWindows: windows === 1,
      scaler: { kind: 'none', center: new Array(columns).fill(0), scale: new Array(columns).fill(1) },
      loss: 'mse',
    },
    series: { values: Float32Array.from({ length: rows * columns }, () => random.normal()), columns },
    nextBatch: () => randomBatch(model, random, windows, rows, span),
  }
}

/** Sequences of masked networks have any length, and may end with the series. */
function randomBatch(
  model: tf.LayersModel,
  random: Random,
  count: number,
  rows: number,
  span: number,
): Batch {
  const windows = Array.from({ length: count }, () => {
    const length = isMasked(model) ? 1 + random.below(span) : span
    return { length, start: random.below(rows - length + 1), part: 0.5 + random.uniform() }
  })
  const whole = windows.reduce((sum, { part }) => sum + part, 0)
  return {
    starts: windows.map(({ start }) => start),
    sampleWeights: windows.map(({ part }) => part / whole),
    lengths: isMasked(model) ? windows.map(({ length }) => length) : undefined,
    draws: keptBy(model, random, count),
  }
}

/** What the layers Dropout of a model leave of their inputs. */
export function keptBy(
  model: tf.LayersModel,
  random: Random,
  windows: number,
): Record<string, { data: Float32Array; shape: number[] }> {
  const layers = model.layers.filter((layer) => layer.getClassName() === 'Dropout')
  const drawn = layers.map((layer) => {
    const shape = [windows, ...(layer.outputShape as number[]).slice(1)]
    const rate = Number(layer.getConfig().rate)
    const size = shape.reduce((a, b) => a * b, 1)
    const data = Float32Array.from({ length: size }, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)))
    return [`${layer.name}/keep`, { data, shape }] as const
  })
  return Object.fromEntries(drawn)
}
