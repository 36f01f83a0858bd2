import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { LossName } from '../fit/options.js'

/** What an engine trains, and on what. */
export interface Task {
  model: tf.LayersModel
  /** rows × columns, raw. */
  values: Float32Array
  columns: number
  window: number
  scaler: ScalerState
  loss: LossName
  clipNorm: number
  batchSize: number
}

/** One optimizer step: the rows where its windows start. */
export interface Batch {
  starts: Int32Array
  learningRate: number
}

export interface StepResult {
  loss: number
  /** The Euclidean norm of all gradients, before clipping. */
  norm: number
}

/** All that training changes. */
export interface TrainingState {
  /** Optimizer steps done. */
  step: number
  /** The model's trainable weights, then the optimizer's moments, in an order of the engine's own. */
  tensors: Float32Array[]
}

/** What computes optimizer steps. All engines give the same numbers, but for rounding. */
export interface Engine {
  readonly name: string
  /** Steps through the batches, in order. */
  train(batches: readonly Batch[]): Promise<StepResult[]>
  /** The mean loss over windows, nothing dropped out. */
  evaluate(starts: Int32Array): Promise<number>
  state(): Promise<TrainingState>
  restore(state: TrainingState): Promise<void>
  /** Brings the model's own weights up to date. */
  updateModel(): Promise<void>
  dispose(): Promise<void>
}
