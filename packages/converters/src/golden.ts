import { Random } from '@tempocode/core'
import type { GoldenPair, ScalerState } from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'

const WINDOWS = 2

/**
 * Windows of random raw values of the training data's size, and what tfjs makes of them: computed without ONNX, so
 * that a device that reproduces it proves the conversion and itself.
 */
export function goldenPair(model: tf.LayersModel, { center, scale }: ScalerState): GoldenPair {
  const [, window, columns] = model.inputs[0].shape as number[]
  const shape = [WINDOWS, window, columns]
  const random = new Random(0, 'golden')
  const data = Float32Array.from({ length: WINDOWS * window * columns }, (_, i) => {
    const column = i % columns
    return center[column] + scale[column] * random.normal()
  })
  const output = tf.tidy(() => {
    const scaled = tf.div(tf.sub(tf.tensor(data, shape), tf.tensor(center)), tf.tensor(scale))
    const features = model.predict(scaled) as tf.Tensor
    return { data: features.dataSync() as Float32Array, shape: features.shape }
  })
  return { input: { data, shape }, output, tolerance: 1e-5 }
}
