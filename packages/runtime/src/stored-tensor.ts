import { decodeBytes, decodeFloats } from './base64.js'
import { sizeOf } from './chunked-session.js'
import { isCount } from './metadata-fields.js'

/** Floats, row-major, and their shape. */
export interface FloatTensor {
  data: Float32Array
  shape: number[]
}

/** A tensor as metadata have it: its floats are base64. */
export interface StoredTensor {
  data: string
  shape: number[]
}

export const loadTensor = ({ data, shape }: StoredTensor): FloatTensor => ({
  data: decodeFloats(data),
  shape,
})

/** Whether a value is a tensor of shape [n, …sizes], n any if not given, with just as many floats, all of them finite. */
export function isStoredTensor(value: unknown, sizes: readonly number[], n?: number): value is StoredTensor {
  const { data, shape } = (value ?? {}) as Partial<StoredTensor>
  if (!Array.isArray(shape) || !shape.every(isCount)) return false
  return shape.join() === [n ?? shape[0], ...sizes].join() && isStoredFloats(data, sizeOf(shape))
}

/** Whether a value is the base64 of so many floats, all of them finite. */
export const isStoredFloats = (value: unknown, length: number): value is string =>
  typeof value === 'string' &&
  decodeBytes(value)?.length === 4 * length &&
  decodeFloats(value).every(Number.isFinite)
