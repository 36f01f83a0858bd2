import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'

/**
 * How a layer becomes ONNX. In graphs for inference, sequences are [time, batch, n] and vectors [batch, n].
 */
export interface Lowering<Options = unknown> {
  /**
   * The layer's options that the graph needs, once all are known to be supported.
   * @throws TempocodeError `unsupported`, naming layer and option
   */
  options(layer: tf.layers.Layer): Options
  inference(x: Value, weights: readonly LayerWeight[], options: Options): Value
}

/** A weight as tfjs stores it. */
export interface LayerWeight {
  data: Float32Array
  shape: number[]
}

export const weightsOf = (layer: tf.layers.Layer): LayerWeight[] =>
  layer.getWeights().map((weight) => ({ data: weight.dataSync() as Float32Array, shape: weight.shape }))

/** Refuses each option that is switched on and that the exported graph would not honour. */
export function refuseOptions(layer: tf.layers.Layer, names: readonly string[]): void {
  const config = layer.getConfig()
  for (const name of names) {
    if (config[name]) {
      const message = `layer ${layer.name} (${layer.getClassName()}): ${name} cannot be exported`
      throw new TempocodeError('unsupported', message, { layer: layer.name })
    }
  }
}
