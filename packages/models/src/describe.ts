import type * as tf from '@tensorflow/tfjs'
import type { Call } from './calls.js'
import { TiedDense } from './layers/tied-dense.js'

/** A layer's class and, in brackets, what it wraps: `LSTM`, `TimeDistributed(Dense)`. */
export const kindOf = (layer: tf.layers.Layer): string => kind(layer.getClassName(), layer.getConfig())

function kind(className: string, config: tf.serialization.ConfigDict): string {
  const inner = config.layer as { className?: string; config?: tf.serialization.ConfigDict } | undefined
  if (typeof inner?.className !== 'string') return className
  return `${className}(${kind(inner.className, inner.config ?? {})})`
}

/** A tensor's shape in words: `[batch, 24, 2]`, with `?` where another size than the batch's is open. */
export const shapeOf = ({ shape }: tf.SymbolicTensor): string =>
  `[${shape.map((size, axis) => size ?? (axis === 0 ? 'batch' : '?')).join(', ')}]`

/** Weights that a call takes from another layer, or from an earlier call of its own layer, and how to say so. */
export interface Sharing {
  readonly layer: tf.layers.Layer
  readonly what: 'kernel' | 'weights'
}

/** What the call shares with a layer that stands before it. */
export function sharingOf(call: Call, calls: readonly Call[]): Sharing | undefined {
  const { layer } = call
  if (layer instanceof TiedDense) return { layer: layer.tied, what: 'kernel' }
  const first = calls.find((other) => other.layer === layer)
  return first === call ? undefined : { layer, what: 'weights' }
}
