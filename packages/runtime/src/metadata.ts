import { decodeFloats, encodeFloats } from './base64.js'
import type { CodeDistribution } from './codes.js'
import { type GoldenDecoding, type GoldenPair, readGoldenDecoding, readGoldenPair } from './golden.js'
import { Fields, isCount, isNumber, isNumbers, isStrings, pairsOf } from './metadata-fields.js'
import { type FloatTensor, isStoredFloats } from './stored-tensor.js'

export type { CodeDistribution, FloatTensor, GoldenDecoding, GoldenPair }

/** Raw → scaled: (x − center) / scale, one number for each column. `none` has zeros and ones. */
export interface ScalerState {
  kind: 'standard' | 'minmax' | 'none'
  center: number[]
  scale: number[]
}

/** One output of a decoder: rows, counted from the window's first one. */
export interface Head {
  name: string
  /** The first of them: 0 is the window's first row, `window` the first one after it. */
  offset: number
  /** How many rows. */
  steps: number
}

interface CommonMetadata {
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
}

/** Of an encoder: raw windows in, features out. */
export interface EncoderMetadata extends CommonMetadata {
  kind: 'encoder'
  /** Whether windows are sequences of 1 to `window` rows, whose lengths it takes too. Default false. */
  masked?: boolean
  golden: GoldenPair
}

/** Of a decoder: features in, raw rows out. */
export interface DecoderMetadata extends CommonMetadata {
  kind: 'decoder'
  heads: Head[]
  /** Of the training windows' features. */
  codes?: CodeDistribution
  golden: GoldenDecoding
}

/** Of an encoder's step: a raw row and a state in, features and the next state out. */
export interface StreamMetadata extends CommonMetadata {
  kind: 'stream'
  /** How many numbers the state has. */
  state: number
  /** Windows, and their features after the last row. */
  golden: GoldenPair
}

/** What a file of ours says of itself, kept in the model's `metadata_props` under `tempocode.*`. */
export type Metadata = EncoderMetadata | DecoderMetadata | StreamMetadata

const FORMAT = '1'

/** The key-value pairs to store in `metadata_props`. */
export const writeMetadata = (metadata: Metadata): Record<string, string> =>
  pairsOf({ format: FORMAT, ...metadata }, (value) =>
    value instanceof Float32Array ? encodeFloats(value) : value,
  )

/**
 * Reads what `writeMetadata` wrote. Every field is checked: the file may come from anywhere.
 * @throws TempocodeError `model` where a field is missing or malformed
 */
export function readMetadata(pairs: Record<string, string>, file?: string): Metadata {
  const fields = new Fields(pairs, file)
  const format = fields.text('format')
  if (format !== FORMAT)
    fields.fail(`metadata format ${format} is unknown; this version reads format ${FORMAT}`)
  const kind = fields.check('kind', fields.text('kind'), isKind, '"encoder", "decoder" or "stream"')
  const common = readCommon(fields)
  return readers[kind](fields, common)
}

function readCommon(fields: Fields): CommonMetadata {
  const number = (key: string) => fields.json(key, isNumber, 'a number')
  const text = (key: string) => fields.text(key)
  const columns = fields.json('columns', isStrings, 'a list of names')
  return {
    version: fields.text('version'),
    columns,
    scaler: fields.json('scaler', isScaler(columns.length), `a scaler of ${columns.length} columns`),
    window: fields.count('window'),
    stride: fields.count('stride'),
    features: fields.count('features'),
    seed: fields.optional('seed', number),
    timeStep: fields.optional('timeStep', number),
    groupBy: fields.optional('groupBy', text),
    dataDigest: fields.optional('dataDigest', text),
  }
}

function readEncoder(fields: Fields, common: CommonMetadata): EncoderMetadata {
  const { window, columns, features } = common
  const masked = fields.optional('masked', (key) => fields.json(key, isBoolean, 'true or false'))
  const golden = readGoldenPair(fields, [window, columns.length, features], masked)
  return { kind: 'encoder', ...common, masked, golden }
}

function readDecoder(fields: Fields, common: CommonMetadata): DecoderMetadata {
  const { columns, features } = common
  const heads = fields.json('heads', isHeads, 'a list of heads of different names, with offset and steps')
  const shapes = heads.map(({ name, steps }) => [name, [steps, columns.length]] as [string, [number, number]])
  const codes = fields.optional('codes', (key) =>
    fields.json(key, isCodes(features), `windows, mean and factor of ${features} features`),
  )
  return {
    kind: 'decoder',
    ...common,
    heads,
    codes: codes && { ...codes, mean: decodeFloats(codes.mean), factor: decodeFloats(codes.factor) },
    golden: readGoldenDecoding(fields, features, new Map(shapes)),
  }
}

function readStream(fields: Fields, common: CommonMetadata): StreamMetadata {
  const { window, columns, features } = common
  const golden = readGoldenPair(fields, [window, columns.length, features])
  return { kind: 'stream', ...common, state: fields.count('state'), golden }
}

const readers = { encoder: readEncoder, decoder: readDecoder, stream: readStream }

const isKind = (value: unknown): value is Metadata['kind'] => Object.hasOwn(readers, String(value))
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

const isScaler =
  (columns: number) =>
  (value: unknown): value is ScalerState => {
    const { kind, center, scale } = (value ?? {}) as Partial<ScalerState>
    const known = kind === 'standard' || kind === 'minmax' || kind === 'none'
    return known && isNumbers(center, columns) && isNumbers(scale, columns)
  }

const isHeads = (value: unknown): value is Head[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  new Set(value.map((head) => head?.name)).size === value.length &&
  value.every(
    (head) =>
      typeof head?.name === 'string' && (head.offset === 0 || isCount(head.offset)) && isCount(head.steps),
  )

const isCodes =
  (features: number) =>
  (value: unknown): value is { windows: number; mean: string; factor: string } => {
    const { windows, mean, factor } = (value ?? {}) as Record<string, unknown>
    if (!isCount(windows) || !isStoredFloats(mean, features)) return false
    return isStoredFloats(factor, (features * (features + 1)) / 2)
  }
