// tf.LayersModel → ONNX
export { type ToOnnxOptions, toOnnx } from './inference.js'
export type { LossName } from './training/losses.js'
export type { OptimizerOptions } from './training/optimizers.js'
export {
  type TrainingFile,
  type TrainingOptions,
  toEvaluationOnnx,
  toTrainingOnnx,
} from './training/training.js'
