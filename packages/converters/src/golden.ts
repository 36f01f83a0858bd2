import { Random } from '@tempocode/core'
import { isMasked, MASK_VALUE } from '@tempocode/models'
import type { CodeDistribution, GoldenDecoding, GoldenPair, ScalerState } from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'

// What tfjs makes of random inputs: computed without ONNX, so that a device that reproduces it proves the conversion
// and itself.

const WINDOWS = 2
const TOLERANCE = 1e-5

/**
 * Windows of raw values of the training data's size.
 * @param masked whether the second of them is half as long
 */
export function goldenPair(
  model: tf.LayersModel,
  { center, scale }: ScalerState,
  masked = isMasked(model),
): GoldenPair {
  const [, window, columns] = model.inputs[0].shape as number[]
  const shape = [WINDOWS, window, columns]
  const random = new Random(0, 'golden')
  const data = Float32Array.from({ length: WINDOWS * window * columns }, (_, i) => {
    const column = i % columns
    return center[column] + scale[column] * random.normal()
  })
  const lengths = masked ? [window, Math.ceil(window / 2)] : undefined
  const output = tf.tidy(() => {
    const scaled = tf.div(tf.sub(tf.tensor(data, shape), tf.tensor(center)), tf.tensor(scale))
    return floatsOf(model.predict(lengths ? padded(scaled, lengths) : scaled) as tf.Tensor)
  })
  return { input: { data, shape }, ...(lengths && { lengths }), output, tolerance: TOLERANCE }
}

function padded(windows: tf.Tensor, lengths: readonly number[]): tf.Tensor {
  const [, window] = windows.shape
  const counts = lengths.flatMap((length) => Array.from({ length: window }, (_, t) => t < length))
  return tf.where(tf.tensor(counts, [lengths.length, window, 1], 'bool'), windows, tf.scalar(MASK_VALUE))
}

/** Features as the training windows have them, where those are known. */
export function goldenDecoding(
  model: tf.LayersModel,
  { center, scale }: ScalerState,
  codes?: CodeDistribution,
): GoldenDecoding {
  const [, features] = model.inputs[0].shape as number[]
  const shape = [WINDOWS, features]
  const random = new Random(0, 'golden')
  const data = Float32Array.from({ length: WINDOWS * features }, (_, i) => {
    const feature = i % features
    const [mean, deviation] = codes ? [codes.mean[feature], deviationOf(codes, feature)] : [0, 0.5]
    return mean + deviation * random.normal()
  })
  const outputs = tf.tidy(() => {
    const rows = [model.predict(tf.tensor(data, shape))].flat() as tf.Tensor[]
    return rows.map((row, i) => [
      model.outputs[i].sourceLayer.name,
      floatsOf(tf.add(tf.mul(row, tf.tensor(scale)), tf.tensor(center))),
    ])
  })
  return { input: { data, shape }, outputs: Object.fromEntries(outputs), tolerance: TOLERANCE }
}

/** Of one feature: the length of its row of the covariance's factor. */
function deviationOf({ factor }: CodeDistribution, feature: number): number {
  const start = (feature * (feature + 1)) / 2
  return Math.sqrt(factor.subarray(start, start + feature + 1).reduce((sum, part) => sum + part * part, 0))
}

const floatsOf = (tensor: tf.Tensor) => ({ data: tensor.dataSync() as Float32Array, shape: tensor.shape })
