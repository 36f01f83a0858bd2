import { decodeFloats } from './base64.js'
import type { CodeDistribution } from './codes.js'
import { type GoldenDecoding, readGoldenDecoding } from './golden.js'
import { type CodeMetadata, type Head, readCode, readHeads } from './metadata-common.js'
import { type Fields, isCount } from './metadata-fields.js'
import { isStoredFloats } from './stored-tensor.js'

/** Of a decoder: features in, raw rows out. */
export interface DecoderMetadata extends CodeMetadata {
  kind: 'decoder'
  heads: Head[]
  /** Of the training windows' features. */
  codes?: CodeDistribution
  golden: GoldenDecoding
}

export function readDecoder(fields: Fields): DecoderMetadata {
  const common = readCode(fields)
  const { columns, features } = common
  const heads = readHeads(fields)
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

const isCodes =
  (features: number) =>
  (value: unknown): value is { windows: number; mean: string; factor: string } => {
    const { windows, mean, factor } = (value ?? {}) as Record<string, unknown>
    if (!isCount(windows) || !isStoredFloats(mean, features)) return false
    return isStoredFloats(factor, (features * (features + 1)) / 2)
  }
