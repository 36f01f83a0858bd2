// To go on with a training from training.onnx and state.onnx, in Node and in pages, without tfjs and protobufjs

export { type BrowserCheckpoints, browserCheckpoints } from '../browser/checkpoints.js'
export type { Checkpoint } from '../fit/checkpoint.js'
export { decodeCheckpoint, encodeCheckpoint } from '../fit/checkpoint-file.js'
export type { Epoch } from '../fit/course.js'
export type { Progress } from '../fit/options.js'
export type { Series } from '../series.js'
export { type SeriesOptions, seriesOf } from '../series-of.js'
export { type FineTuned, fineTune } from './fine-tune.js'
export type { FineTuneOptions } from './options.js'
export type { Rows } from './series-for.js'
export type { StepFiles } from './step-file.js'
