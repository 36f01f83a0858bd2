import { Fields, isCount, isNumber, isNumbers, isStrings } from './metadata-fields.js'

/** Raw → scaled: (x − center) / scale, one number for each column. `none` has zeros and ones. */
export interface ScalerState {
  kind: 'standard' | 'minmax' | 'none'
  center: number[]
  scale: number[]
}

/** Rows that a network gives, counted from the window's first one. */
export interface Head {
  name: string
  /** The first of them: 0 is the window's first row, `window` the first one after it. */
  offset: number
  /** How many rows. */
  steps: number
}

/** What all files say of themselves. */
export interface FileMetadata {
  /** The version of Tempocode that wrote the file. */
  version: string
  /** Names of the columns, in the order in which they are expected. */
  columns: string[]
  /** Rows in a window. */
  window: number
  /** The seed that the training started from. */
  seed?: number
  /** The usual distance of two rows: in seconds where rows have time stamps, else in the time column's own unit. */
  timeStep?: number
  /** The column that told which rows belong together: no training window had rows of two groups. */
  groupBy?: string
  /** Of the training rows, hexadecimal; see `digestOf` of `@tempocode/trainer`. */
  dataDigest?: string
}

/** What files of an autoencoder say. */
export interface AutoencoderMetadata extends FileMetadata {
  /** Rows between the starts of two training windows. */
  stride: number
  scaler: ScalerState
}

/** What files say that give or take features. */
export interface CodeMetadata extends AutoencoderMetadata {
  /** Number of features of a window. */
  features: number
}

const KINDS = ['encoder', 'decoder', 'stream', 'detector', 'forecaster'] as const

/** What a file is. */
export type FileKind = (typeof KINDS)[number]

/**
 * The fields of a file of ours, and what it is.
 * @throws TempocodeError `model` where it is none, or its format is unknown
 */
export function openFields(pairs: Record<string, string>, file?: string): { fields: Fields; kind: FileKind } {
  const fields = new Fields(pairs, file)
  const allowed = '"encoder", "decoder", "stream", "detector" or "forecaster"'
  return { fields, kind: fields.check('kind', fields.text('kind'), isKind, allowed) }
}

export function readFileMetadata(fields: Fields): FileMetadata {
  const number = (key: string) => fields.json(key, isNumber, 'a number')
  const text = (key: string) => fields.text(key)
  return {
    version: fields.text('version'),
    columns: fields.json('columns', isStrings, 'a list of names'),
    window: fields.count('window'),
    seed: fields.optional('seed', number),
    timeStep: fields.optional('timeStep', number),
    groupBy: fields.optional('groupBy', text),
    dataDigest: fields.optional('dataDigest', text),
  }
}

export function readAutoencoder(fields: Fields): AutoencoderMetadata {
  const file = readFileMetadata(fields)
  const width = file.columns.length
  return {
    ...file,
    scaler: fields.json('scaler', isScaler(width), `a scaler of ${width} columns`),
    stride: fields.count('stride'),
  }
}

export const readCode = (fields: Fields): CodeMetadata => ({
  ...readAutoencoder(fields),
  features: fields.count('features'),
})

/** Whether windows are sequences of different lengths. */
export const readMasked = (fields: Fields): boolean | undefined =>
  fields.optional('masked', (key) => fields.json(key, isBoolean, 'true or false'))

export const readHeads = (fields: Fields): Head[] =>
  fields.json('heads', isHeads, 'a list of heads of different names, with offset and steps')

const isKind = (value: unknown): value is FileKind => (KINDS as readonly unknown[]).includes(value)
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
