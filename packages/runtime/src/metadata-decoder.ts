import { decodeFloats } from './base64.js'
import type { CodeDistribution } from './codes.js'
import { readGoldenOutputs } from './golden.js'
import { headOutputs } from './heads.js'
import { type CodeMetadata, type Head, readCode, readHeads } from './metadata-common.js'
import { type Fields, isCount } from './metadata-fields.js'
import { type FloatTensor, isStoredFloats } from './stored-tensor.js'

/** Of a decoder: features in, raw rows out. */
export interface DecoderMetadata extends CodeMetadata {
  kind: 'decoder'
  heads: Head[]
  /** Of the training windows' features. */
  codes?: CodeDistribution
  golden: GoldenDecoding
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

export function readDecoder(fields: Fields): DecoderMetadata {
  const common = readCode(fields)
  const { columns, features } = common
  const heads = readHeads(fields)
  const codes = fields.optional('codes', (key) =>
    fields.json(key, isCodes(features), `windows, mean and factor of ${features} features`),
  )
  return {
    kind: 'decoder',
    ...common,
    heads,
    codes: codes && { ...codes, mean: decodeFloats(codes.mean), factor: decodeFloats(codes.factor) },
    golden: readGoldenOutputs(fields, [features], headOutputs(heads, columns.length)),
  }
}

const isCodes =
  (features: number) =>
  (value: unknown): value is { windows: number; mean: string; factor: string } => {
    const { windows, mean, factor } = (value ?? {}) as Record<string, unknown>
    if (!isCount(windows) || !isStoredFloats(mean, features)) return false
    return isStoredFloats(factor, (features * (features + 1)) / 2)
  }
