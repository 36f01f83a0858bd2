import { decodeFloats } from './base64.js'
import type { OutputShape } from './chunked-session.js'
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

/** Whether a value is a tensor of shape [n, …sizes] with just as many floats, all of them finite. */
export function isStoredTensor(value: unknown, sizes: readonly number[]): value is StoredTensor {
  const { data, shape } = (value ?? {}) as Partial<StoredTensor>
  if (!Array.isArray(shape) || !shape.every(isCount)) return false
  return (
    shape.slice(1).join() === sizes.join() &&
    isStoredFloats(
      data,
      shape.reduce((a, b) => a * b, 1),
    )
  )
}

/** Whether a value holds a tensor of each name, of n windows. */
export function areStoredOutputs(
  value: unknown,
  outputs: readonly OutputShape[],
  n: number,
): value is Record<string, StoredTensor> {
  const tensors = new Map(Object.entries(value ?? {}))
  return outputs.every(({ name, shape }) => {
    const tensor = tensors.get(name)
    return isStoredTensor(tensor, shape) && tensor.shape[0] === n
  })
}

/** The tensors of these names. */
export const loadOutputs = (
  stored: Record<string, StoredTensor>,
  outputs: readonly OutputShape[],
): Record<string, FloatTensor> =>
  Object.fromEntries(outputs.map(({ name }) => [name, loadTensor(stored[name])]))

/** In words, as `features [n, 32]`. */
export const describeOutputs = (outputs: readonly OutputShape[]): string =>
  outputs.map(({ name, shape }) => `${name} [${['n', ...shape].join(', ')}]`).join(', ')

/** Whether a value is the base64 of so many floats, all of them finite. */
export const isStoredFloats = (value: unknown, length: number): value is string =>
  typeof value === 'string' && isBase64(value, 4 * length) && decodeFloats(value).every(Number.isFinite)

const isBase64 = (text: string, bytes: number): boolean =>
  text.length === 4 * Math.ceil(bytes / 3) &&
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) &&
  atob(text).length === bytes
