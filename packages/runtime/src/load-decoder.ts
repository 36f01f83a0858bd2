import { checkValues, dueOutput } from './check-graph.js'
import { Decoder } from './decoder.js'
import { headOutputs } from './heads.js'
import { type Kind, type LoadOptions, openFile, type Platform } from './load.js'
import { type DecoderMetadata, readDecoder } from './metadata-decoder.js'
import type { Source } from './source.js'

const decoder: Kind<DecoderMetadata, Decoder> = {
  kind: 'decoder',
  read: readDecoder,
  check({ inputs, outputs }, { columns, features, heads }, file) {
    checkValues('input', inputs, [{ name: 'features', type: 'float32', sizes: [features] }], file)
    checkValues('output', outputs, headOutputs(heads, columns.length).map(dueOutput), file)
  },
  create: (session, metadata) => new Decoder(session, metadata),
}

/** `loadDecoder` of a platform. */
export const openDecoder = (platform: Platform, source: Source, options: LoadOptions): Promise<Decoder> =>
  openFile(platform, source, options, decoder)
