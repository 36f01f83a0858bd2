// Read what was measured

// Ship the encoder
export { type ToOnnxOptions, toOnnx } from '@tempocode/converters'
// What all of them throw
export { type ErrorCode, type Place, TempocodeError, version } from '@tempocode/core'

// Describe a network
export { encoderOf, type LstmAutoencoderOptions, lstmAutoencoder } from '@tempocode/models'
export { type Encoder, type Features, inspectModel, type LoadOptions, loadEncoder } from '@tempocode/runtime'
// Train it
export {
  type Epoch,
  type FitOptions,
  fit,
  type MissingPolicy,
  type PcaOptions,
  type Progress,
  pcaError,
  type Run,
  type Segment,
  type Series,
  type SeriesOptions,
  type Settings,
  seriesOf,
} from '@tempocode/trainer'
export {
  type KeyColumn,
  type KeyValues,
  openTable,
  type ReadSeriesOptions,
  readSeries,
  saveRun,
  type TableWriter,
  useFastTfjs,
} from '@tempocode/trainer/node'
// The command
export { main } from './main.js'
export { type WriteFeaturesOptions, writeFeatures } from './write-features.js'
