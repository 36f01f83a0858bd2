import { TempocodeError } from '@tempocode/core'
import { checkValues } from './check-graph.js'
import { Encoder } from './encoder.js'
import { type Kind, type LoadOptions, openFile, type Platform } from './load.js'
import type { EncoderMetadata } from './metadata.js'
import type { Session } from './session.js'
import { nameOf, type Source } from './source.js'
import { openStep } from './stream/load-step.js'

const encoder: Omit<Kind<EncoderMetadata, Encoder>, 'create'> = {
  kind: 'encoder',
  check({ inputs, outputs }, { window, columns, features, masked }, file) {
    const input = { name: 'input', type: 'float32', sizes: [window, columns.length], openTime: true }
    const lengths = { name: 'lengths', type: 'int32', sizes: [] }
    checkValues('input', inputs, masked ? [input, lengths] : [input], file)
    checkValues('output', outputs, [{ name: 'features', type: 'float32', sizes: [features] }], file)
  },
}

/** `loadEncoder` of a platform. */
export function openEncoder(platform: Platform, source: Source, options: LoadOptions): Promise<Encoder> {
  const stepOf = (session: Session, own?: Source) =>
    openStep(platform, own ?? besides(source), { ...options, device: session.device })
  return openFile(platform, source, options, {
    ...encoder,
    create: (session, metadata) => new Encoder(session, metadata, (own) => stepOf(session, own)),
  })
}

/** `encoder.stream.onnx` beside `encoder.onnx`. */
function besides(source: Source): Source {
  const name = nameOf(source)
  const stream = name?.replace(/\.onnx$/, '.stream.onnx')
  if (stream && stream !== name) return stream
  const message = 'stream: the encoder was not loaded from a path or URL that ends in .onnx; give the source'
  throw new TempocodeError('option', `${message} of encoder.stream.onnx: stream({ source })`)
}
