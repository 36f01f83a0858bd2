import { spanOf, targetsOf } from '@tempocode/models'
import {
  type FitOptions,
  fit,
  fitScaler,
  pcaError,
  type Run,
  type Segment,
  transform,
  windowStarts,
} from '@tempocode/trainer'
import { readSeries } from '@tempocode/trainer/node'
import type * as tf from '@tensorflow/tfjs'
import { fileOf } from './data.js'
import type { Rows } from './errors.js'

/** Where the parts end, in rows (hours), as others cut it: what follows is left out. */
export const ENDS = { train: 8640, validation: 11_520, test: 14_400 }

/** ETTh1, 7 columns of a power transformer, hour by hour, cut in time. */
export type Etth1 = Awaited<ReturnType<typeof etth1>>

/** @throws Missing where it is not there */
export async function etth1() {
  const path = fileOf('ett', 'ETTh1.csv')
  /** What training and validation take. */
  const learn = await readSeries(path, { limit: ENDS.validation })
  const { values } = await readSeries(path, { limit: ENDS.test })
  return {
    learn,
    /** Held out, raw. */ test: values.slice(learn.values.length),
    columns: learn.columns.length,
  }
}

/** Every so many windows is judged: neighbours are nearly the same. */
const EVERY = 4

/** Options of `fit` for training on it. */
export const fitOptions = (options: FitOptions): FitOptions => ({
  validationSplit: 1 - ENDS.train / ENDS.validation,
  onWarning: (message) => {
    throw new Error(message)
  },
  learningRate: 0.001,
  patience: 10,
  ...options,
})

/** Trains a network, and gives what it is to be judged by: scaled windows of the training rows and of those held out. */
export async function learnEtth1(
  model: tf.LayersModel,
  data: Etth1,
  options: FitOptions,
): Promise<{ run: Run; training: Rows; heldOut: Rows }> {
  const run = await fit(model, data.learn, fitOptions(options))
  const { learn, test, columns } = data
  const window = model.inputs[0].shape[1]!
  const span = spanOf(window, targetsOf(model))
  const rows = (raw: Float32Array): Rows => {
    const segment = { start: 0, end: raw.length / columns }
    return {
      values: transform(raw, run.scaler),
      columns,
      starts: windowStarts([segment], span, EVERY),
    }
  }
  return { run, training: rows(learn.values.subarray(0, ENDS.train * columns)), heldOut: rows(test) }
}

/** What principal components, as many as a code has features, make of the same windows. */
export function principalComponents({ learn, test, columns }: Etth1, window: number, components: number) {
  const values = new Float32Array(ENDS.test * columns)
  values.set(learn.values)
  values.set(test, learn.values.length)
  const series = { columns: learn.columns, rows: ENDS.test, values, segments: [] }
  const train = [{ start: 0, end: ENDS.train }]
  const scaler = fitScaler('standard', series, train)
  const errorOf = (validation: Segment[]) =>
    pcaError(series, { train, validation }, { window, stride: 1, scaler, components, loss: 'mse' })
  return { training: errorOf(train), heldOut: errorOf([{ start: ENDS.validation, end: ENDS.test }]) }
}
