import { type Fields, isCount, isNumber, isNumbers } from './metadata-fields.js'
import { type FloatTensor, isStoredTensor, loadTensor, type StoredTensor } from './stored-tensor.js'

// The proof of a device: what goes in, and what the reference made of it.

/** Raw windows, and their features. */
export interface GoldenPair {
  /** [n, window, columns] */
  input: FloatTensor
  /** Of an encoder of sequences of different lengths: how many rows of each window count. */
  lengths?: number[]
  /** [n, features] */
  output: FloatTensor
  /** The largest difference allowed, as a part of the output's largest value. */
  tolerance: number
}

/** Features, and the raw rows that a decoder makes of them. */
export interface GoldenDecoding {
  /** [n, features] */
  input: FloatTensor
  /** By the heads' names, [n, steps, columns]. */
  outputs: Record<string, FloatTensor>
  /** The largest difference allowed, as a part of its column's largest value, or of its scale where that is larger. */
  tolerance: number
}

interface StoredPair {
  input: StoredTensor
  lengths?: number[]
  output: StoredTensor
  tolerance: number
}

interface StoredDecoding {
  input: StoredTensor
  outputs: Record<string, StoredTensor>
  tolerance: number
}

/** @throws TempocodeError `model` where what is stored does not fit the file's sizes, as below */
export function readGoldenPair(
  fields: Fields,
  [window, columns, features]: [number, number, number],
  masked = false,
): GoldenPair {
  const isPair = (value: unknown): value is StoredPair => {
    const { input, output, tolerance, lengths } = (value ?? {}) as Record<string, unknown>
    if (!isStoredTensor(input, [window, columns]) || !isStoredTensor(output, [features])) return false
    const [n] = input.shape
    const areLengths = isNumbers(lengths, n) && lengths.every((length) => isCount(length) && length <= window)
    return n === output.shape[0] && isTolerance(tolerance) && (masked ? areLengths : lengths === undefined)
  }
  const what = [
    `an input [n, ${window}, ${columns}]`,
    ...(masked ? [`n lengths of 1 to ${window}`] : []),
    `an output [n, ${features}], finite, and a tolerance above 0`,
  ]
  const { input, lengths, output, tolerance } = fields.json('golden', isPair, what.join(', '))
  return { input: loadTensor(input), lengths, output: loadTensor(output), tolerance }
}

/** @param heads their shapes [steps, columns], by their names */
export function readGoldenDecoding(
  fields: Fields,
  features: number,
  heads: ReadonlyMap<string, [number, number]>,
): GoldenDecoding {
  const isDecoding = (value: unknown): value is StoredDecoding => {
    const { input, outputs, tolerance } = (value ?? {}) as Record<string, unknown>
    if (!isStoredTensor(input, [features]) || !isTolerance(tolerance)) return false
    const tensors = new Map(Object.entries(outputs ?? {}))
    return [...heads].every(([name, shape]) => {
      const output = tensors.get(name)
      return isStoredTensor(output, shape) && output.shape[0] === input.shape[0]
    })
  }
  const shapes = [...heads].map(([name, shape]) => `${name} [n, ${shape.join(', ')}]`)
  const what = `an input [n, ${features}], outputs ${shapes.join(', ')}, finite, and a tolerance above 0`
  const { input, outputs, tolerance } = fields.json('golden', isDecoding, what)
  const loaded = [...heads.keys()].map((name) => [name, loadTensor(outputs[name])])
  return { input: loadTensor(input), outputs: Object.fromEntries(loaded), tolerance }
}

const isTolerance = (value: unknown): value is number => isNumber(value) && value > 0
