// Load a file, encode rows

export type { Encoder, Features, SeriesOptions, Verification } from './encoder.js'
export type { LoadOptions } from './load-encoder.js'
export { availableDevices, createSession, defaultThreads, loadEncoder } from './node.js'
export type { Source } from './source.js'
export type { Rows } from './windows.js'

// Run any graph: `createSession` gives a Session

export type { Session, SessionDevice, SessionOptions, Tensor } from './session.js'

// What a file says of itself

export { type Inspection, inspectModel } from './inspect.js'
export { type GoldenPair, type Metadata, readMetadata, type ScalerState, writeMetadata } from './metadata.js'
export { type ModelFile, readModel, type ValueInfo } from './model-file.js'
export { openGroup, openWorkspace } from './worker/node.js'
export type { Run, Workspace } from './workspace.js'
