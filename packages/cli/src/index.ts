// Read what was measured

// Ship the encoder
export { type ToOnnxOptions, toOnnx } from '@tempocode/converters'
// What all of them throw
export { type ErrorCode, type Place, TempocodeError, version } from '@tempocode/core'

// Describe a network
export { encoderOf, type LstmAutoencoderOptions, lstmAutoencoder } from '@tempocode/models'
export { type Encoder, type Features, inspectModel, type LoadOptions, loadEncoder } from '@tempocode/runtime'
export {
  type Checkpoint,
  decodeCheckpoint,
  type Epoch,
  encodeCheckpoint,
  type FitOptions,
  type MissingPolicy,
  type OptimizerOptions,
  type PcaOptions,
  type Progress,
  pcaError,
  type Segment,
  type Series,
  type SeriesOptions,
  type Settings,
  seriesOf,
} from '@tempocode/trainer'
export {
  fit,
  type KeyColumn,
  type KeyValues,
  loadCheckpoint,
  type NodeRun as Run,
  openTable,
  type ReadSeriesOptions,
  readSeries,
  saveCheckpoint,
  type TableWriter,
} from '@tempocode/trainer/node'
// The command
export { main } from './main.js'
export { type WriteFeaturesOptions, writeFeatures } from './write-features.js'
