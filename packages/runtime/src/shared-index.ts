// What does not depend on the platform

export type { DecodeOptions, Decoder, SampleOptions } from './decoder.js'
export type {
  EncodeOptions,
  Encoder,
  Features,
  SeriesOptions,
  StreamOptions,
  WindowsOptions,
} from './encoder.js'
export type { DecodedRows } from './heads.js'
export type { LoadOptions } from './load.js'
export type { Progress } from './progress.js'
export type { Lengths } from './sequences.js'
export type { Source } from './source.js'
export type { Row } from './stream/row.js'
export type { Stream } from './stream/stream.js'
export type { WindowStream } from './stream/window-stream.js'
export type { Verification } from './verification.js'
export type { Rows } from './windows.js'

// Features of a whole series

export { FeaturePool, POOLS, type Pool, type PoolOptions, poolFeatures } from './pooling.js'

// Scores, thresholds and alarms

export { adaptiveRest, adaptiveThreshold } from './detector/adaptive-threshold.js'
export type { Detection, Detector, ScoreSeriesOptions } from './detector/detector.js'
export type { DetectOptions } from './detector/detector-inputs.js'
export type { DetectorStream, DetectorStreamOptions, StreamedScore } from './detector/detector-stream.js'
export { type Alarm, type AlarmOptions, type AlarmState, AlarmTracker, events } from './detector/events.js'
export type { RowScores } from './detector/row-scores.js'
export {
  checkScoreKind,
  contributionsOf,
  type ErrorStatistics,
  type FeatureStatistics,
  type Measures,
  type ScoreKind,
  type Scoring,
  scoresOf,
} from './detector/score.js'
export { ScoreHistory } from './detector/score-history.js'
export { quantileOf, type ScoreStatistics, storedRanks, type Tail } from './detector/score-statistics.js'
export { rateOf, type Threshold, thresholdOf } from './detector/threshold.js'
export { parseRule, ruleOf, TAIL_PART, type ThresholdRule } from './detector/threshold-rule.js'
export type { LoadDetectorOptions } from './load-detector.js'

// Forecasts

export { CYCLES, type Cycle, cycleColumns, cycleNames } from './forecaster/cycles.js'
export type { Forecast, Forecaster, ForecastOptions } from './forecaster/forecaster.js'
export type { Time } from './forecaster/forecaster-inputs.js'
export { intervalScores } from './forecaster/interval-scores.js'

// Run any graph: `createSession` gives a Session, `openWorkspace` a Workspace

export type { CudaOptions, Session, SessionDevice, SessionOptions, Tensor, WasmPaths } from './session.js'
export type { Run, Workspace } from './workspace.js'

// What a file says of itself

export {
  type CodeDistribution,
  type DecoderMetadata,
  type DetectorMetadata,
  type EncoderMetadata,
  type ForecasterMetadata,
  type GoldenDecoding,
  type GoldenDetection,
  type GoldenForecast,
  type GoldenPair,
  type Head,
  type Metadata,
  readMetadata,
  readTrainingMetadata,
  type ScalerState,
  type StreamMetadata,
  type TrainingMetadata,
  writeMetadata,
} from './metadata.js'
export { type ModelFile, readModel, type ValueInfo } from './model-file.js'
export { type Rewriting, rewriteModel } from './rewrite-model.js'
