import { TempocodeError } from '@tempocode/core'
import { decodeFloats, encodeFloats } from './base64.js'

/** Raw → scaled: (x − center) / scale, one number for each column. `none` has zeros and ones. */
export interface ScalerState {
  kind: 'standard' | 'minmax' | 'none'
  center: number[]
  scale: number[]
}

/** One input and the output that the reference computed for it: the proof of a device. */
export interface GoldenPair {
  input: { data: Float32Array; shape: number[] }
  output: { data: Float32Array; shape: number[] }
  /** The largest difference allowed, as a part of the output's largest value. */
  tolerance: number
}

/** What a file of ours says of itself, kept in the model's `metadata_props` under `tempocode.*`. */
export interface Metadata {
  /** What the file computes: `encoder` takes raw windows and gives features. */
  kind: 'encoder'
  /** The version of Tempocode that wrote the file. */
  version: string
  /** Names of the columns, in the order in which they are expected. */
  columns: string[]
  /** Rows in a window. */
  window: number
  /** Rows between the starts of two training windows. */
  stride: number
  /** Number of features of a window. */
  features: number
  scaler: ScalerState
  /** The seed that the training started from. */
  seed?: number
  /** The usual distance of two rows: in seconds where rows have time stamps, else in the time column's own unit. */
  timeStep?: number
  /** The column that told which rows belong together: no training window had rows of two groups. */
  groupBy?: string
  /** Of the training rows, hexadecimal; see `digestOf` of `@tempocode/trainer`. */
  dataDigest?: string
  golden: GoldenPair
}

const PREFIX = 'tempocode.'
const FORMAT = '1'

/** The key-value pairs to store in `metadata_props`. */
export function writeMetadata(metadata: Metadata): Record<string, string> {
  const { golden, ...rest } = metadata
  const values: Record<string, unknown> = {
    format: FORMAT,
    ...rest,
    golden: {
      input: { data: encodeFloats(golden.input.data), shape: golden.input.shape },
      output: { data: encodeFloats(golden.output.data), shape: golden.output.shape },
      tolerance: golden.tolerance,
    },
  }
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    pairs.map(([key, value]) => [PREFIX + key, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/**
 * Reads what `writeMetadata` wrote. Every field is checked: the file may come from anywhere.
 * @throws TempocodeError `model` where a field is missing or malformed
 */
export function readMetadata(pairs: Record<string, string>, file?: string): Metadata {
  const fail = (message: string): never => {
    throw new TempocodeError('model', `${file ? `${file}: ` : ''}${message}`, { file })
  }
  const text = (key: string) =>
    pairs[PREFIX + key] ?? fail(`not a Tempocode file: its metadata lack ${PREFIX}${key}`)
  const json = (key: string): unknown => {
    try {
      return JSON.parse(text(key))
    } catch (cause) {
      if (cause instanceof TempocodeError) throw cause
      return fail(`metadata ${PREFIX}${key} is not JSON`)
    }
  }
  const check = <T>(key: string, value: unknown, holds: (value: unknown) => value is T, what: string): T =>
    holds(value)
      ? value
      : fail(`metadata ${PREFIX}${key} must be ${what}, and is ${JSON.stringify(value)?.slice(0, 80)}`)
  const count = (key: string) => check(key, json(key), isCount, 'a whole number above 0')
  const optional = <T>(key: string, read: () => T): T | undefined =>
    PREFIX + key in pairs ? read() : undefined

  const format = text('format')
  if (format !== FORMAT) fail(`metadata format ${format} is unknown; this version reads format ${FORMAT}`)
  const columns = check('columns', json('columns'), isStrings, 'a list of names')
  const scaler = check(
    'scaler',
    json('scaler'),
    isScaler(columns.length),
    `a scaler of ${columns.length} columns`,
  )
  const window = count('window')
  const features = count('features')
  const inputSize = [window, columns.length]
  const isPair = isGolden(inputSize, [features])
  const shapes = `an input [n, ${inputSize.join(', ')}], an output [n, ${features}], finite, and a tolerance above 0`
  const golden = check('golden', json('golden'), isPair, shapes)
  return {
    kind: check('kind', text('kind'), isKind, '"encoder"'),
    version: text('version'),
    columns,
    window,
    stride: count('stride'),
    features,
    scaler,
    seed: optional('seed', () => check('seed', json('seed'), isNumber, 'a number')),
    timeStep: optional('timeStep', () => check('timeStep', json('timeStep'), isNumber, 'a number')),
    groupBy: optional('groupBy', () => text('groupBy')),
    dataDigest: optional('dataDigest', () => text('dataDigest')),
    golden: {
      input: { data: decodeFloats(golden.input.data), shape: golden.input.shape },
      output: { data: decodeFloats(golden.output.data), shape: golden.output.shape },
      tolerance: golden.tolerance,
    },
  }
}

interface StoredTensor {
  data: string
  shape: number[]
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
const isKind = (value: unknown): value is Metadata['kind'] => value === 'encoder'
const isNumbers = (value: unknown, length: number): value is number[] =>
  Array.isArray(value) && value.length === length && value.every(isNumber)
const isScaler =
  (columns: number) =>
  (value: unknown): value is ScalerState => {
    const { kind, center, scale } = (value ?? {}) as Partial<ScalerState>
    const known = kind === 'standard' || kind === 'minmax' || kind === 'none'
    return known && isNumbers(center, columns) && isNumbers(scale, columns)
  }
/** A tensor of shape [n, …sizes] whose text is the base64 of just as many floats, all of them finite. */
const isStoredTensor = (value: unknown, sizes: number[]): value is StoredTensor => {
  const { data, shape } = (value ?? {}) as Partial<StoredTensor>
  if (typeof data !== 'string' || !Array.isArray(shape) || !shape.every(isCount)) return false
  if (shape.slice(1).join() !== sizes.join()) return false
  const bytes = 4 * shape.reduce((a, b) => a * b, 1)
  return isBase64(data, bytes) && decodeFloats(data).every(Number.isFinite)
}
const isBase64 = (text: string, bytes: number): boolean =>
  text.length === 4 * Math.ceil(bytes / 3) &&
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) &&
  atob(text).length === bytes
const isGolden =
  (inputSize: number[], outputSize: number[]) =>
  (value: unknown): value is { input: StoredTensor; output: StoredTensor; tolerance: number } => {
    const { input, output, tolerance } = (value ?? {}) as Record<string, unknown>
    if (!isStoredTensor(input, inputSize) || !isStoredTensor(output, outputSize)) return false
    return input.shape[0] === output.shape[0] && isNumber(tolerance) && tolerance > 0
  }
