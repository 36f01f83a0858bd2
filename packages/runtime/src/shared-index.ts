// What does not depend on the platform

export type { DecodedRows, Decoder, SampleOptions } from './decoder.js'
export type {
  EncodeOptions,
  Encoder,
  Features,
  SeriesOptions,
  StreamOptions,
  WindowsOptions,
} from './encoder.js'
export type { LoadOptions } from './load.js'
export type { Lengths } from './sequences.js'
export type { Source } from './source.js'
export type { Row } from './stream/row.js'
export type { Stream } from './stream/stream.js'
export type { WindowStream } from './stream/window-stream.js'
export type { Verification } from './verification.js'
export type { Rows } from './windows.js'

// Run any graph: `createSession` gives a Session, `openWorkspace` a Workspace

export type { CudaOptions, Session, SessionDevice, SessionOptions, Tensor } from './session.js'
export type { Run, Workspace } from './workspace.js'

// What a file says of itself

export {
  type CodeDistribution,
  type DecoderMetadata,
  type EncoderMetadata,
  type GoldenDecoding,
  type GoldenPair,
  type Head,
  type Metadata,
  readMetadata,
  type ScalerState,
  type StreamMetadata,
  writeMetadata,
} from './metadata.js'
export { type ModelFile, readModel, type ValueInfo } from './model-file.js'
