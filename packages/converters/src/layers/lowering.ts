import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'

/** A layer as ONNX, once all its options are known to be supported. */
export interface Lowering {
  /** For graphs that infer: sequences are [time, batch, n], vectors [batch, n]. */
  inference(x: Value): Value
}

/** A weight as tfjs stores it. */
export interface LayerWeight {
  data: Float32Array
  shape: number[]
}

export const weightsOf = (layer: tf.layers.Layer): LayerWeight[] =>
  layer.getWeights().map((weight) => ({ data: weight.dataSync() as Float32Array, shape: weight.shape }))

/** @throws TempocodeError `unsupported` where an option is switched on that the exported graph would not honour */
export function refuseOptions(layer: tf.layers.Layer, names: readonly string[]): void {
  const config = layer.getConfig()
  for (const name of names) {
    if (config[name]) {
      const message = `layer ${layer.name} (${layer.getClassName()}): ${name} cannot be exported`
      throw new TempocodeError('unsupported', message, { layer: layer.name })
    }
  }
}
