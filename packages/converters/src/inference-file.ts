import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'

/** What a file says of itself beside its network. */
export interface FileDetails {
  /** Names of the columns. Default: c0, c1, … */
  columns?: readonly string[]
  /** Raw → scaled, put inside the graph, or its inverse. Default: none. */
  scaler?: ScalerState
  /** Rows between the starts of two training windows. Default 1. */
  stride?: number
  seed?: number
  timeStep?: number
  groupBy?: string
  dataDigest?: string
}

/**
 * The details of a file whose rows have so many columns, with their defaults.
 * @throws TempocodeError `data` where columns or scaler do not fit
 */
export function fileDetails(width: number, details: FileDetails) {
  const {
    columns = Array.from({ length: width }, (_, i) => `c${i}`),
    scaler = { kind: 'none', center: new Array(width).fill(0), scale: new Array(width).fill(1) },
    stride = 1,
    ...training
  } = details
  const lengths = { columns: columns.length, 'scaler.center': scaler.center.length }
  for (const [what, length] of Object.entries(lengths)) {
    if (length === width) continue
    throw new TempocodeError('data', `${what} has ${length} entries, and the model has ${width} columns`)
  }
  return { columns: [...columns], scaler: scaler as ScalerState, stride, ...training }
}

/** The error for a model whose input or output is not what it must be. */
export function modelError(
  model: tf.LayersModel,
  [kind, verb]: ['an encoder' | 'a decoder' | 'a detector', 'takes' | 'gives'],
  shape: tf.Shape,
  allowed: string,
): TempocodeError {
  const received = `[${shape.map((length) => length ?? 'any').join(', ')}]`
  return new TempocodeError('model', `model ${model.name} ${verb} ${received}; ${kind} ${verb} ${allowed}`)
}
