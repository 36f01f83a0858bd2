import { type GoldenPair, readGoldenPair } from './golden.js'
import { type CodeMetadata, readCode, readMasked } from './metadata-common.js'
import type { Fields } from './metadata-fields.js'

/** Of an encoder: raw windows in, features out. */
export interface EncoderMetadata extends CodeMetadata {
  kind: 'encoder'
  /** Whether windows are sequences of 1 to `window` rows, whose lengths it takes too. Default false. */
  masked?: boolean
  golden: GoldenPair
}

export function readEncoder(fields: Fields): EncoderMetadata {
  const common = readCode(fields)
  const { window, columns, features } = common
  const masked = readMasked(fields)
  const golden = readGoldenPair(fields, [window, columns.length, features], masked)
  return { kind: 'encoder', ...common, masked, golden }
}
