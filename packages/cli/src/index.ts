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
  type ForecasterOptions,
  forecaster,
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
  type DetectorOptions,
  decodeCheckpoint,
  type Epoch,
  encodeCheckpoint,
  type FitOptions,
  type ForecastEvaluation,
  type ForecasterFitOptions,
  type ForecastOfGroup,
  forecastRows,
  type OptimizerOptions,
  type PcaOptions,
  type Progress,
  pcaError,
  pretrain,
  type Settings,
} from '@tempocode/trainer'
export {
  type ForecastReportOptions,
  fit,
  fitForecaster,
  forecastReportOf,
  loadCheckpoint,
  loadModel,
  type NodeForecastRun as ForecastRun,
  type NodeRun as Run,
  type ReportOptions,
  reportOf,
  saveCheckpoint,
} from '@tempocode/trainer/node'

// Ship it

export {
  type ToDecoderOnnxOptions,
  type ToDetectorOnnxOptions,
  type ToForecasterOnnxOptions,
  type ToOnnxOptions,
  toDecoderOnnx,
  toDetectorOnnx,
  toForecasterOnnx,
  toOnnx,
  toStreamOnnx,
} from '@tempocode/converters'

// Run it

export {
  type Cycle,
  cycleColumns,
  type DecodedRows,
  type Decoder,
  type Detection,
  type Detector,
  type Encoder,
  events,
  type Features,
  type Forecast,
  type Forecaster,
  inspectModel,
  intervalScores,
  type LoadOptions,
  loadDecoder,
  loadDetector,
  loadEncoder,
  loadForecaster,
  type Pool,
  type PoolOptions,
  poolFeatures,
  type Verification,
  verifyFile,
} from '@tempocode/runtime'

// Measure what it finds, and see its features

export {
  averagePrecision,
  type BestF1,
  bestF1,
  type Confusion,
  compositeF1,
  confusion,
  detectionDelays,
  type Evaluation,
  type EventMeasures,
  evaluate,
  eventMeasures,
  type FeatureMapOptions,
  featureMap,
  leadTimes,
  NAB_PROFILES,
  type NabFile,
  type NabOptions,
  type NabProfile,
  type NabScore,
  nabScore,
  type PointAdjusted,
  type PointAdjustedOptions,
  type PointMeasures,
  pointAdjusted,
  pointMeasures,
  type RowRun,
  rocAuc,
  rowsOf,
  runsOf,
  type ScoredRows,
  type Spread,
  type Summary,
  summaryOf,
} from '@tempocode/trainer'

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
export { writeForecast } from './write-forecast.js'
export { type CodedWindows, type WriteRowsOptions, writeRows } from './write-rows.js'
export { type ScoresWritten, type WriteScoresOptions, writeScores } from './write-scores.js'
