import type { OptimizerOptions } from '@tempocode/converters'
import type { WasmPaths } from '@tempocode/runtime'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { EngineName, LossName } from '../fit/settings.js'
import type { Windows } from '../windows.js'
import type { Draws } from './draws.js'

/** What an engine trains, and on what. */
export interface Task {
  model: tf.LayersModel
  /** rows × columns, raw. */
  values: Float32Array
  columns: number
  window: number
  scaler: ScalerState
  /** How much each output's loss counts, by the output's name. Default 1 each. */
  lossWeights?: Readonly<Record<string, number>>
  loss: LossName
  optimizer: OptimizerOptions
  clipNorm: number
  batchSize: number
  /** Whether each batch brings noise for its inputs. */
  corrupted?: boolean
  /** How many threads compute. Default auto: the engine's choice. */
  threads?: 'auto' | number
  /** In browsers: where ONNX Runtime's files and the worker's script are. */
  wasmPaths?: WasmPaths
}

/** One optimizer step: its windows. */
export interface Batch extends Windows {
  learningRate: number
  /** Each window's part in the batch's loss. Default: 1 / windows for all. */
  weights?: Float32Array
  /** Where the network's inputs are corrupted, or values are dropped out. */
  draws?: Draws
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
  /** The model's weights, then what the optimizer remembers, in an order and a layout of the engine's own. */
  tensors: Float32Array[]
}

/** What computes optimizer steps. All engines give the same numbers, but for rounding. */
export interface Engine {
  readonly name: EngineName
  /** What it computes on: the onnx engine's device, tfjs's backend. */
  readonly device: string
  /** How many threads compute; 0 where the library chooses. */
  readonly threads: number
  /** Steps through the batches, in order. */
  train(batches: readonly Batch[]): Promise<StepResult[]>
  /** The mean loss over windows, all counting the same, nothing dropped out. */
  evaluate(windows: Windows): Promise<number>
  state(): Promise<TrainingState>
  /** After it, training goes on to the bit as it did from that state. */
  restore(state: TrainingState): Promise<void>
  dispose(): Promise<void>
}

/** An engine that trains a model's weights. */
export interface ModelEngine extends Engine {
  /** Brings the model's own weights up to date. */
  updateModel(): Promise<void>
}
