import type { OutputShape } from './chunked-session.js'
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

/** Raw windows or features, and what comes with them. */
interface Golden {
  input: FloatTensor
  lengths?: number[]
  group?: number[]
  tolerance: number
}

/** The same, and what the reference made of them, by the outputs' names. */
interface GoldenOutputs extends Golden {
  outputs: Record<string, FloatTensor>
}

type Stored = Omit<Golden, 'input'> & { input: StoredTensor }

/** A part of what is stored, which depends on what the file is. */
export interface Part {
  /** What it must be, for messages; empty where it must be missing. */
  what: string
  /** Whether it is as it must be, for n windows. */
  fits: (stored: Record<string, unknown>, n: number) => boolean
}

/** How many rows of each window count: in files of sequences of different lengths. */
export const lengthsPart = (window: number, masked = false): Part => ({
  what: masked ? `n lengths of 1 to ${window}` : '',
  fits: ({ lengths }, n) =>
    masked
      ? isNumbers(lengths, n) && lengths.every((length) => isCount(length) && length <= window)
      : lengths === undefined,
})

/**
 * Reads the golden pair of an encoder, or of its step.
 * @throws TempocodeError `model` where what is stored does not fit the file's sizes, as below
 */
export function readGoldenPair(
  fields: Fields,
  [window, columns, features]: [number, number, number],
  masked = false,
): GoldenPair {
  const { output, ...rest } = readGolden<{ output: StoredTensor }>(
    fields,
    [window, columns],
    lengthsPart(window, masked),
    { what: `an output [n, ${features}]`, fits: ({ output }, n) => isStoredTensor(output, [features], n) },
  )
  return { ...rest, output: loadTensor(output) }
}

/**
 * Reads that of a file with several outputs.
 * @param sizes of the input, behind n
 * @param outputs what the graph gives
 * @param parts what comes with the windows
 */
export function readGoldenOutputs(
  fields: Fields,
  sizes: readonly number[],
  outputs: readonly OutputShape[],
  ...parts: Part[]
): GoldenOutputs {
  const shapes = outputs.map(({ name, shape }) => `${name} ${shapeOf(shape)}`)
  const areOutputs = (value: unknown, n: number) => {
    const tensors = new Map(Object.entries(value ?? {}))
    return outputs.every(({ name, shape }) => isStoredTensor(tensors.get(name), shape, n))
  }
  const { outputs: stored, ...rest } = readGolden<{ outputs: Record<string, StoredTensor> }>(
    fields,
    sizes,
    ...parts,
    { what: `outputs ${shapes.join(', ')}`, fits: ({ outputs }, n) => areOutputs(outputs, n) },
  )
  const loaded = outputs.map(({ name }) => [name, loadTensor(stored[name])])
  return { ...rest, outputs: Object.fromEntries(loaded) }
}

function readGolden<Outputs>(fields: Fields, sizes: readonly number[], ...parts: Part[]) {
  const isGolden = (value: unknown): value is Stored & Outputs => {
    const stored = (value ?? {}) as Record<string, unknown>
    const { input, tolerance } = stored
    const isRight = isStoredTensor(input, sizes) && isNumber(tolerance) && tolerance > 0
    return isRight && parts.every(({ fits }) => fits(stored, input.shape[0]))
  }
  const what = [
    `an input ${shapeOf(sizes)}`,
    ...parts.map(({ what }) => what),
    'finite, and a tolerance above 0',
  ]
  const golden = fields.json('golden', isGolden, what.filter(Boolean).join(', '))
  return { ...golden, input: loadTensor(golden.input) }
}

const shapeOf = (sizes: readonly number[]) => `[${['n', ...sizes].join(', ')}]`
