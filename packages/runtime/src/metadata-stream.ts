import { type GoldenPair, readGoldenPair } from './golden.js'
import { type CodeMetadata, readCode } from './metadata-common.js'
import type { Fields } from './metadata-fields.js'

/** Of an encoder's step: a raw row and a state in, features and the next state out. */
export interface StreamMetadata extends CodeMetadata {
  kind: 'stream'
  /** How many numbers the state has. */
  state: number
  /** Windows, and their features after the last row. */
  golden: GoldenPair
}

export function readStream(fields: Fields): StreamMetadata {
  const common = readCode(fields)
  const { window, columns, features } = common
  const golden = readGoldenPair(fields, [window, columns.length, features])
  return { kind: 'stream', ...common, state: fields.count('state'), golden }
}
