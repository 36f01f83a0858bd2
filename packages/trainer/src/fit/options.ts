import { TempocodeError } from '@tempocode/core'
import type { WasmPaths } from '@tempocode/runtime'
import type { Checkpoint } from './checkpoint.js'
import type { Epoch } from './course.js'
import { SETTING_NAMES, type SettingOptions, type Settings, settingsOf } from './settings.js'

export type { EngineName, LossName, OptimizerOptions, TrainingDevice } from './settings.js'

/** How to train. All have defaults. */
export interface FitOptions extends SettingOptions {
  /**
   * How much each training window counts: one number for each row, that of the window which starts there, or a
   * function of that row. A batch's loss is sum(weight · loss) / windows, as in Keras. Validation counts all windows
   * the same. Default: 1 for all.
   */
  sampleWeights?: Float32Array | ((start: number) => number)
  /** Goes on from a checkpoint of a training with the same series, model and options; more epochs are allowed. */
  resume?: Checkpoint
  /** In browsers: where ONNX Runtime's files and the worker's script are. Default: beside the page's script. */
  wasmPaths?: WasmPaths
  /** Stops training after the step under way; what was learnt is kept. */
  signal?: AbortSignal
  onWarning?: (message: string) => void
  /** After each call of the engine, a few times a second. */
  onProgress?: (progress: Progress) => void
  onEpoch?: (epoch: Epoch) => void
  /** Every `checkpointEvery`, and when a signal stops training. Training goes on when it is done. */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>
}

export interface Progress {
  /** From 1. */
  epoch: number
  epochs: number
  /** Optimizer steps done in this epoch, of `steps`. */
  step: number
  steps: number
  /** The mean loss of the epoch's steps so far. */
  loss: number
}

/** The names of those that are no settings. */
export const OTHERS: readonly string[] = [
  'sampleWeights',
  'resume',
  'wasmPaths',
  'signal',
  'onWarning',
  'onProgress',
  'onEpoch',
  'onCheckpoint',
] satisfies Exclude<keyof FitOptions, keyof SettingOptions>[]

/**
 * The settings among the options, with their defaults.
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function fitSettings(options: FitOptions): Settings {
  checkOptions('fit', options, [...SETTING_NAMES, ...OTHERS])
  return settingsOf(options)
}

/** @throws TempocodeError `option` for an option that is not among those */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    throw new TempocodeError('option', `${caller}: option "${name}" is unknown; use ${known.join(', ')}`)
  }
}
