import { TempocodeError } from '@tempocode/core'
import { checkValues } from './check-graph.js'
import { Encoder } from './encoder.js'
import { type Kind, type LoadOptions, openFile, type Platform } from './load.js'
import { type EncoderMetadata, readEncoder } from './metadata-encoder.js'
import type { Session } from './session.js'
import { nameOf, type Source } from './source.js'

const encoder: Omit<Kind<EncoderMetadata, Encoder>, 'create'> = {
  kind: 'encoder',
  read: readEncoder,
  check({ inputs, outputs }, { window, columns, features, masked }, file) {
    const input = { name: 'input', type: 'float32', sizes: [window, columns.length], openTime: true }
    const lengths = { name: 'lengths', type: 'int32', sizes: [] }
    checkValues('input', inputs, masked ? [input, lengths] : [input], file)
    checkValues('output', outputs, [{ name: 'features', type: 'float32', sizes: [features] }], file)
  },
}

/** `loadEncoder` of a platform. */
export function openEncoder(platform: Platform, source: Source, options: LoadOptions): Promise<Encoder> {
  // Its code is loaded when it is asked for, too: few pages need it.
  const stepOf = async (session: Session, own?: Source) =>
    (await import('./stream/load-step.js')).openStep(platform, own ?? besides(source), {
      ...options,
      device: session.device,
      signal: undefined, // these are for loading the encoder alone
      onProgress: undefined,
    })
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
