// tf.LayersModel → ONNX that infers
export type { ForecasterEncoder, ToForecasterOnnxOptions } from './forecaster-options.js'
export type { Form } from './forward-pass.js'
export { type ToOnnxOptions, toOnnx } from './inference.js'
export { type ToDecoderOnnxOptions, toDecoderOnnx } from './inference-decoder.js'
export { type ToDetectorOnnxOptions, toDetectorOnnx } from './inference-detector.js'
export { toForecasterOnnx } from './inference-forecaster.js'
export { toStreamOnnx } from './inference-stream.js'

// tf.LayersModel → ONNX that trains
export type { LossName } from './training/losses.js'
export type { OptimizerOptions } from './training/optimizers.js'
export { toStateOnnx } from './training/state.js'
export {
  clipsGradients,
  type StateTensor,
  type TrainingFile,
  type TrainingOptions,
  toEvaluationOnnx,
  toGradientOnnx,
  toTrainingOnnx,
  toUpdateOnnx,
} from './training/training.js'
export type { TrainingDetails } from './training/training-metadata.js'
