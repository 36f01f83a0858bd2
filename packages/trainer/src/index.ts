export { type BrowserCheckpoints, browserCheckpoints } from './browser/checkpoints.js'
export type { DetectorOptions } from './detector/calibrate.js'
export { fitGeneralizedPareto, type GeneralizedPareto } from './detector/generalized-pareto.js'
export { scoreStatistics } from './detector/score-statistics.js'
export { digestOf } from './digest.js'
export { openEngine } from './engines/open-engine.js'
export * from './evaluation/index.js'
export { type FeatureMapOptions, featureMap } from './features/feature-map.js'
export { type FineTuned, fineTune } from './fine-tune/fine-tune.js'
export type { FineTuneOptions } from './fine-tune/options.js'
export type { Checkpoint } from './fit/checkpoint.js'
export { decodeCheckpoint, encodeCheckpoint } from './fit/checkpoint-file.js'
export type { Epoch } from './fit/course.js'
export { fit } from './fit/fit.js'
export { lossParts } from './fit/loss-parts.js'
export { type FitOptions, fitSettings, type Progress } from './fit/options.js'
export { Pace } from './fit/pace.js'
export { pretrain } from './fit/pretrain.js'
export type { Run } from './fit/run.js'
export type {
  EngineName,
  LossName,
  OptimizerName,
  OptimizerOptions,
  PlannedSettings,
  ScheduleName,
  Settings,
} from './fit/settings.js'
export * from './forecast/index.js'
export type { MissingPolicy } from './missing.js'
export { PCA_LIMIT, type PcaOptions, pcaError } from './pca/pca-error.js'
export { fitScaler, inverseTransform, transform } from './scaler.js'
export { countRows, type Segment } from './segments.js'
export type { Series, Time } from './series.js'
export { type SeriesOptions, seriesOf } from './series-of.js'
export { type Split, splitSegments } from './split.js'
export { timeStep } from './time-step.js'
export { checkWindows, noWindow, windowStarts } from './windows.js'
