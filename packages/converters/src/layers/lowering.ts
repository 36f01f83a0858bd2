import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'

/** A layer as ONNX, once all its options are known to be supported. */
export interface Lowering {
  /** The layer's weights, in the layout that training graphs use. */
  parameters: readonly Parameter[]
  /** For graphs that infer: sequences are [time, batch, n], vectors [batch, n]. The weights become constants. */
  inference(x: Value): Value
  /** For graphs that train, with one value for each parameter. */
  training(x: Signal, parameters: readonly Value[], batch: BatchContext): Signal
}

/**
 * What flows between the layers of a training graph, features first: a sequence [time, n, batch] or a vector
 * [n, batch]; or, of `repeat` equal steps, the one vector.
 */
export interface Signal {
  value: Value
  repeat?: number
}

/** What layers need to know of the batch. */
export interface BatchContext {
  /** Whether gradients will be asked for; else what they need is not computed. */
  training: boolean
  /** Zeros of shape [n, batch]. */
  zeros: (n: number) => Value
  /** Ones of shape [time, 1, batch]. */
  ones: (time: number) => Value
}

/** A layer's weight in a training graph. */
export interface Parameter {
  /** `layer/weight`, as in tfjs. */
  name: string
  shape: number[]
  /** Whether training changes it; else it is a constant. */
  trainable: boolean
  /** Copies it from the layer. */
  read(): Float32Array
  /** Changes the layer's weight. */
  write(values: Float32Array): void
}

/** @throws TempocodeError `unsupported` where an option is switched on that the graph would not honour */
export function refuseOptions(
  layer: tf.layers.Layer,
  names: readonly string[],
  verb: 'exported' | 'trained by ONNX' = 'exported',
): void {
  const config = layer.getConfig()
  for (const name of names) {
    if (config[name]) {
      const message = `layer ${layer.name} (${layer.getClassName()}): ${name} cannot be ${verb}`
      throw new TempocodeError('unsupported', message, { layer: layer.name })
    }
  }
}
