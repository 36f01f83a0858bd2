// What all of them throw

export { type ErrorCode, type Place, TempocodeError, version } from '@tempocode/core'

// Read what was measured

export {
  type MissingPolicy,
  type Segment,
  type Series,
  type SeriesOptions,
  seriesOf,
} from '@tempocode/trainer'
export { openSeries, type ReadSeriesOptions, readSeries, type SeriesReader } from '@tempocode/trainer/node'

// Describe a network

export {
  type DeepFeatureExtractorOptions,
  type DenseAutoencoderOptions,
  decoderOf,
  deepFeatureExtractor,
  denseAutoencoder,
  encoderOf,
  type GruAutoencoderOptions,
  gruAutoencoder,
  type LstmAutoencoderOptions,
  lstmAutoencoder,
  plot,
  stackedAutoencoder,
  summary,
} from '@tempocode/models'

// Train it

export {
  type Checkpoint,
  decodeCheckpoint,
  type Epoch,
  encodeCheckpoint,
  type FitOptions,
  type OptimizerOptions,
  type PcaOptions,
  type Progress,
  pcaError,
  pretrain,
  type Settings,
} from '@tempocode/trainer'
export { fit, loadCheckpoint, type NodeRun as Run, saveCheckpoint } from '@tempocode/trainer/node'

// Ship it

export {
  type ToDecoderOnnxOptions,
  type ToOnnxOptions,
  toDecoderOnnx,
  toOnnx,
  toStreamOnnx,
} from '@tempocode/converters'

// Run it

export {
  type DecodedRows,
  type Decoder,
  type Encoder,
  type Features,
  inspectModel,
  type LoadOptions,
  loadDecoder,
  loadEncoder,
} from '@tempocode/runtime'

// Tables of features and of rows, and the command

export {
  type KeyColumn,
  type KeyValues,
  openTable,
  readTable,
  type TableRows,
  type TableWriter,
} from '@tempocode/trainer/node'
export { main } from './main.js'
export { type WriteFeaturesOptions, writeFeatures } from './write-features.js'
export { type CodedWindows, type WriteRowsOptions, writeRows } from './write-rows.js'
