// What does not depend on the platform

export type { Encoder, Features, SeriesOptions, Verification } from './encoder.js'
export type { LoadOptions } from './load-encoder.js'
export type { Source } from './source.js'
export type { Rows } from './windows.js'

// Run any graph: `createSession` gives a Session, `openWorkspace` a Workspace

export type { Session, SessionDevice, SessionOptions, Tensor } from './session.js'
export type { Run, Workspace } from './workspace.js'

// What a file says of itself

export { type Inspection, inspectModel } from './inspect.js'
export { type GoldenPair, type Metadata, readMetadata, type ScalerState, writeMetadata } from './metadata.js'
export { type ModelFile, readModel, type ValueInfo } from './model-file.js'
