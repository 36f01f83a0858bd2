import { Random } from '@tempocode/core'
import { type GoldenForecast, inputWidth, takesGroup } from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'
import type { ForecasterEncoder, ToForecasterOnnxOptions } from './forecaster-options.js'
import type { ForecasterParts } from './forecaster-parts.js'

const WINDOWS = 2
const TOLERANCE = 1e-5

/**
 * Windows of raw values of the training data's size, where there are groups of the first and the last one, and what tfjs
 * and plain arithmetic make of them, without ONNX.
 */
export function goldenForecast(
  model: tf.LayersModel,
  parts: ForecasterParts,
  { encoder, margins }: ToForecasterOnnxOptions,
): GoldenForecast {
  const { columns, targets, groups, rows, horizon, prediction, quantiles } = parts
  const width = inputWidth(parts)
  const group = groups && takesGroup(parts) ? [0, groups.length - 1] : undefined
  /** Of a window's column; cycles are as the network sees them. */
  const scalingOf = (w: number, column: number): [number, number] => {
    const i = (group?.[w] ?? 0) * columns.length + column
    return column < columns.length ? [parts.center[i], parts.scale[i]] : [0, 1]
  }
  const place = (i: number): [number, number] => [Math.floor(i / (rows * width)), i % width]
  const random = new Random(0, 'golden')
  const data = Float32Array.from({ length: WINDOWS * rows * width }, (_, i) => {
    const [center, scale] = scalingOf(...place(i))
    return center + scale * random.normal()
  })
  const scaled = data.map((x, i) => {
    const [center, scale] = scalingOf(...place(i))
    return Math.fround(x - center) / scale
  })
  const features = encoder && featuresOf(encoder, data, parts)
  const given = networkOutputs(model, scaled, features, parts)

  const shape = [WINDOWS, horizon, targets.length]
  const size = horizon * targets.length
  const raw = (values: Float32Array) => ({
    data: values.map((value, i) => {
      const [center, scale] = scalingOf(Math.floor(i / size), i % targets.length)
      return value * scale + center
    }),
    shape,
  })
  const bounds = quantiles && boundsOf(given[quantiles[0]], given[quantiles[1]], margins)
  return {
    input: { data, shape: [WINDOWS, rows, width] },
    ...(group && { group }),
    outputs: {
      forecast: raw(given[prediction]),
      ...(bounds && { lower: raw(bounds.lower), upper: raw(bounds.upper) }),
    },
    tolerance: TOLERANCE,
  }
}

/** Quantiles in their order, then as far apart as the margins say, and in their order again. */
function boundsOf(a: Float32Array, b: Float32Array, margins: ToForecasterOnnxOptions['margins']) {
  const ofBoth = (a: Float32Array, b: Float32Array) => ({
    lower: a.map((value, i) => Math.min(value, b[i])),
    upper: a.map((value, i) => Math.max(value, b[i])),
  })
  const { lower, upper } = ofBoth(a, b)
  if (!margins) return { lower, upper }
  const size = margins.lower.length
  return ofBoth(
    lower.map((value, i) => value - margins.lower[i % size]),
    upper.map((value, i) => value + margins.upper[i % size]),
  )
}

/** The scaled features of the last rows of each window, [windows, features]. */
function featuresOf(encoder: ForecasterEncoder, data: Float32Array, parts: ForecasterParts): Float32Array {
  const { model, scaler } = encoder
  const [, window] = model.inputs[0].shape as number[]
  const width = inputWidth(parts)
  const positions = encoder.columns.map((name) => parts.columns.indexOf(name))
  const n = positions.length
  const shown = Float32Array.from({ length: WINDOWS * window * n }, (_, i) => {
    const [w, row, column] = [Math.floor(i / (window * n)), Math.floor(i / n) % window, i % n]
    const x = data[(w * parts.rows + parts.rows - window + row) * width + positions[column]]
    return Math.fround(x - scaler.center[column]) / scaler.scale[column]
  })
  const codes = tf.tidy(() => {
    const given = model.predict(tf.tensor(shown, [WINDOWS, window, n])) as tf.Tensor
    return given.dataSync() as Float32Array
  })
  const count = encoder.center.length
  return codes.map((value, i) => (value - encoder.center[i % count]) / encoder.scale[i % count])
}

/** What tfjs gives for each of the model's outputs. */
function networkOutputs(
  model: tf.LayersModel,
  scaled: Float32Array,
  features: Float32Array | undefined,
  parts: ForecasterParts,
): Float32Array[] {
  const { rows, window } = parts
  const width = inputWidth(parts)
  const all = width + (parts.features ?? 0)
  const shown = Float32Array.from({ length: WINDOWS * window * all }, (_, i) => {
    const [w, row, column] = [Math.floor(i / (window * all)), Math.floor(i / all) % window, i % all]
    if (features && column >= width) return features[w * (all - width) + column - width]
    return scaled[(w * rows + rows - window + row) * width + column]
  })
  return tf.tidy(() => {
    const given = [model.predict(tf.tensor(shown, [WINDOWS, window, all]))].flat() as tf.Tensor[]
    return given.map((tensor) => tensor.dataSync() as Float32Array)
  })
}
