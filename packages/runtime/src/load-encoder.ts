import { checkValues } from './check-graph.js'
import { Encoder } from './encoder.js'
import { type Kind, type LoadOptions, openFile, type Platform } from './load.js'
import type { EncoderMetadata } from './metadata.js'
import type { Source } from './source.js'

const encoder: Kind<EncoderMetadata, Encoder> = {
  kind: 'encoder',
  check({ inputs, outputs }, { window, columns, features, masked }, file) {
    const input = { name: 'input', type: 'float32', sizes: [window, columns.length], openTime: true }
    const lengths = { name: 'lengths', type: 'int32', sizes: [] }
    checkValues('input', inputs, masked ? [input, lengths] : [input], file)
    checkValues('output', outputs, [{ name: 'features', type: 'float32', sizes: [features] }], file)
  },
  create: (session, metadata) => new Encoder(session, metadata),
}

/** `loadEncoder` of a platform. */
export const openEncoder = (platform: Platform, source: Source, options: LoadOptions): Promise<Encoder> =>
  openFile(platform, source, options, encoder)
