import type { ToForecasterOnnxOptions } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, forecaster, gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import { type Cycle, cycleColumns, type Tensor } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { randomizeWeights } from './random-models.js'

interface Kind {
  /** The numbers of columns. */
  inputs: number
  targets: number
  known?: number
  cycles?: readonly Cycle[]
  groups?: number
  intervals?: number
  margins?: boolean
  encoder?: () => tf.LayersModel
}

const WINDOW = 6
const HORIZON = 4
const HOUR = 3600
const tanh = { units: [7, 5], seed: 1 }

/** The forms that a forecaster's file has. Encoders of all kinds have 2 columns and windows of 4, 6 or 9 rows. */
export const FORECASTER_FILES: Record<string, Kind> = {
  'one column': { inputs: 1, targets: 1 },
  'some of the columns, an interval': { inputs: 3, targets: 2, intervals: 0.9 },
  'margins, columns known ahead and cycles': {
    inputs: 5,
    targets: 2,
    known: 2,
    cycles: ['day', 'year'],
    intervals: 0.8,
    margins: true,
  },
  groups: { inputs: 3, targets: 1, groups: 3, intervals: 0.9 },
  'an encoder of longer windows': {
    inputs: 3,
    targets: 1,
    encoder: () => lstmAutoencoder({ window: 9, columns: 2, ...tanh }),
  },
  'an encoder of shorter windows, relu': {
    inputs: 3,
    targets: 3,
    intervals: 0.9,
    encoder: () => lstmAutoencoder({ window: 4, columns: 2, ...tanh, activation: 'relu' }),
  },
  'all of that, and an encoder with masking': {
    inputs: 5,
    targets: 2,
    known: 1,
    cycles: ['week'],
    groups: 2,
    intervals: 0.95,
    margins: true,
    encoder: () => gruAutoencoder({ window: 6, columns: 2, ...tanh, masked: true }),
  },
}

/** A forecaster of a form with random weights, windows for it, and what tfjs makes of them. */
export function forecasterFile(name: string, seed = 0, batch = 5) {
  const random = new Random(seed, name)
  const { inputs: width, targets, known = 0, cycles = [], groups = 0, ...kind } = FORECASTER_FILES[name]
  const encoder = kind.encoder && encoderOf(kind.encoder())
  const features = (encoder?.outputs[0].shape[1] as number) ?? 0
  const model = forecaster({
    window: WINDOW,
    horizon: HORIZON,
    columns: width + 2 * cycles.length + features,
    targets,
    known,
    cycles: 2 * cycles.length,
    features,
    intervals: kind.intervals,
    units: [6],
    recent: 4,
    hidden: 5,
  })
  randomizeWeights(model, random)
  if (encoder) randomizeWeights(encoder, random)

  const floats = (n: number, one: () => number) => Array.from({ length: n }, () => Math.fround(one()))
  const centers = (n: number) => floats(n, () => 10 * random.normal())
  const scales = (n: number) => floats(n, () => 0.1 + 10 * random.uniform())
  const inputs = Array.from({ length: width }, (_, i) => `c${i}`)
  const margin = () => Float32Array.from({ length: HORIZON * targets }, () => random.normal())
  const tables = Math.max(1, groups) * width
  const options = {
    inputs,
    targets: inputs.slice(0, targets),
    known: inputs.slice(width - known),
    cycles,
    groups: Array.from({ length: groups }, (_, i) => `group ${i}`),
    center: centers(tables),
    scale: scales(tables),
    margins: kind.margins ? { lower: margin(), upper: margin() } : undefined,
    timeStep: HOUR,
    encoder: encoder && {
      model: encoder,
      columns: ['c2', 'c0'],
      scaler: { kind: 'standard', center: centers(2), scale: scales(2) },
      center: floats(features, () => random.normal()),
      scale: scales(features),
    },
  } satisfies ToForecasterOnnxOptions

  const [, encoderWindow = 0] = (encoder?.inputs[0].shape as number[] | undefined) ?? []
  const rows = Math.max(WINDOW, encoderWindow)
  const group = Array.from({ length: batch }, () => random.below(Math.max(1, groups)))
  const end = Array.from({ length: batch }, () => 1.7e9 + HOUR * random.below(10_000))
  const values = Float32Array.from({ length: batch * rows * width }, (_, i) => {
    const at = group[Math.floor(i / (rows * width))] * width + (i % width)
    return options.center[at] + options.scale[at] * random.normal()
  })
  const times = end.flatMap((time) =>
    Array.from({ length: rows }, (_, t) => cycleColumns(time - (rows - 1 - t) * HOUR, cycles)),
  )
  const feeds = (): Record<string, Tensor> => {
    const lines = times.map((line, row) => [...values.subarray(row * width, (row + 1) * width), ...line])
    const input = { data: Float32Array.from(lines.flat()), shape: [batch, rows, width + 2 * cycles.length] }
    return groups > 1 ? { input, group: { data: Int32Array.from(group), shape: [batch] } } : { input }
  }

  const expected = (): Record<string, Float32Array> => {
    const of = (numbers: readonly number[]) =>
      tf.gather(tf.tensor2d([...numbers], [tables / width, width]), tf.tensor1d(group, 'int32')).expandDims(1)
    return tf.tidy(() => {
      const raw = tf.tensor3d(values, [batch, rows, width])
      const last = (x: tf.Tensor, count: number) => x.slice([0, rows - count, 0], [-1, count, -1])
      const scaled = tf.div(tf.sub(raw, of(options.center)), of(options.scale))
      const parts = [last(scaled, WINDOW)]
      if (cycles.length > 0)
        parts.push(last(tf.tensor(times.flat(), [batch, rows, 2 * cycles.length]), WINDOW))
      if (options.encoder) {
        const { scaler, center, scale } = options.encoder
        const own = tf.gather(last(raw, encoderWindow), tf.tensor1d([2, 0], 'int32'), 2)
        const code = encoder!.predict(tf.div(tf.sub(own, scaler.center), scaler.scale)) as tf.Tensor
        const known = tf.div(tf.sub(code, center), scale)
        parts.push(tf.tile(known.expandDims(1), [1, WINDOW, 1]))
      }
      const given = [model.predict(tf.concat(parts, 2))].flat() as tf.Tensor3D[]
      const [center, scale] = [options.center, options.scale].map((table) =>
        of(table).slice([0, 0, 0], [-1, 1, targets]),
      )
      const read = (x: tf.Tensor) => tf.add(tf.mul(x, scale), center).dataSync() as Float32Array
      const forecast = read(given[0])
      if (given.length === 1) return { forecast } as Record<string, Float32Array>
      const margin = (values?: Float32Array) =>
        values ? tf.tensor(values, [HORIZON, targets]) : tf.zeros([HORIZON, targets])
      const [first, second] = given.slice(1)
      const low = tf.sub(tf.minimum(first, second), margin(options.margins?.lower))
      const high = tf.add(tf.maximum(first, second), margin(options.margins?.upper))
      return {
        forecast,
        lower: read(tf.minimum(low, high)),
        upper: read(tf.maximum(low, high)),
        first: read(first),
        low: read(low),
      }
    })
  }
  const names = groups > 0 ? group.map((number) => options.groups[number]) : undefined
  return { model, options, rows, values, end, group: names, feeds, expected, targets, batch }
}
