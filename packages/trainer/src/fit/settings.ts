import type { LossName, OptimizerOptions } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import { type CorruptionName, corruptionRule } from './corruption.js'
import { lossWeightsRule } from './loss-weights.js'
import { optimizerSettings } from './optimizer-settings.js'
import { count, fraction, isNumber, oneOf, type Rule, wholeNumber } from './rules.js'

export type { LossName, OptimizerOptions }
export type EngineName = 'onnx' | 'tfjs'
export type OptimizerName = OptimizerOptions['name']
export type TrainingDevice = 'cpu' | 'wasm' | 'cuda'

/**
 * How the learning rate changes:
 * - `constant`: not at all
 * - `cosine`: from `learningRate` to 0 over all steps of all epochs (Loshchilov & Hutter 2017, without restarts)
 * - `plateau`: halved each time that patience / 2 epochs have brought no better loss, down to 1e-5, as Keras's
 *   ReduceLROnPlateau does
 */
export type ScheduleName = 'constant' | 'cosine' | 'plateau'

/** The options that can be written down. All have defaults. */
export interface SettingOptions {
  /**
   * Passes over the training windows. `auto` makes 50, and where windows are few as many as take 2,000 optimizer steps,
   * for it is steps that a network needs. Default auto.
   */
  epochs?: 'auto' | number
  /** Windows in an optimizer step. Default 32. */
  batchSize?: number
  /** The optimizer's, at the start. Default 0.002. */
  learningRate?: number
  /** How the learning rate changes; see {@link ScheduleName}. Default constant. */
  schedule?: ScheduleName
  /** A name, or a name and settings. Default adam. */
  optimizer?: OptimizerName | OptimizerOptions
  /**
   * Mean squared or absolute error of the scaled values, or Huber's loss (δ = 1), between the two. Outputs that are
   * quantiles have the pinball loss, whatever this is. Default mse.
   */
  loss?: LossName
  /** How much the loss of each output counts, by the output's name, such as `{ prediction: 0.5 }`. Default 1 each. */
  lossWeights?: Readonly<Record<string, number>>
  /** How inputs are corrupted while training; see {@link CorruptionName}. Default none. */
  corrupt?: CorruptionName
  /** The largest Euclidean norm of all gradients together; larger ones are scaled down. Default 1; 0 for no clipping. */
  clipNorm?: number
  /** The part of the rows, the last ones in time, that validate. Default 0.1. */
  validationSplit?: number
  /** Epochs without a better validation loss after which training stops. `auto`: a fifth of all, at least 10. Default auto. */
  patience?: 'auto' | number
  /** Fitted to the training rows. Default standard. */
  scaler?: ScalerState['kind']
  /** Rows between the starts of two training windows. Default 1. */
  stride?: number
  /** Fixes the order of the windows. Default 0. */
  seed?: number
  /** What computes. `auto` takes onnx, or tfjs for a model with layers that only tfjs knows. Default auto. */
  engine?: 'auto' | EngineName
  /** Where the onnx engine runs. `auto` takes the first that is available: cpu, wasm; `cuda` has to be asked for. Default auto. */
  device?: 'auto' | TrainingDevice
  /**
   * Threads of the onnx engine. `auto` takes all cores on cpu and one on wasm. Another number changes how sums are
   * rounded, and so the weights' last digits. Default auto.
   */
  threads?: 'auto' | number
  /** Epochs, or such as `200steps`, from one checkpoint to the next. Default 1. */
  checkpointEvery?: number | `${number}steps`
}

/** All of them, with their values. */
export interface Settings extends Required<SettingOptions> {
  optimizer: OptimizerOptions
}

/** Settings for so many windows: how long to train is known. */
export interface PlannedSettings extends Settings {
  epochs: number
  patience: number
}

const EPOCHS = 50
const STEPS = 2000
const PATIENCE = 10

const DEFAULTS: Settings = {
  epochs: 'auto',
  batchSize: 32,
  learningRate: 0.002,
  schedule: 'constant',
  optimizer: { name: 'adam' },
  loss: 'mse',
  lossWeights: {},
  corrupt: 'none',
  clipNorm: 1,
  validationSplit: 0.1,
  patience: 'auto',
  scaler: 'standard',
  stride: 1,
  seed: 0,
  engine: 'auto',
  device: 'auto',
  threads: 'auto',
  checkpointEvery: 1,
}

const autoOrCount: Rule = {
  allowed: 'auto or a whole number above 0',
  holds: (value) => value === 'auto' || count.holds(value),
}

const RULES: Record<Exclude<keyof Settings, 'optimizer'>, Rule> = {
  epochs: autoOrCount,
  batchSize: count,
  learningRate: { allowed: 'a number above 0', holds: (value) => isNumber(value) && value > 0 },
  schedule: oneOf('constant', 'cosine', 'plateau'),
  loss: oneOf('mse', 'mae', 'huber'),
  lossWeights: lossWeightsRule,
  corrupt: corruptionRule,
  clipNorm: {
    allowed: 'a number above 0, or 0 for no clipping',
    holds: (value) => isNumber(value) && value >= 0,
  },
  validationSplit: fraction,
  patience: autoOrCount,
  scaler: oneOf('standard', 'minmax', 'none'),
  stride: count,
  seed: wholeNumber,
  engine: oneOf('auto', 'onnx', 'tfjs'),
  device: oneOf('auto', 'cpu', 'wasm', 'cuda'),
  threads: autoOrCount,
  checkpointEvery: {
    allowed: 'a whole number of epochs above 0, or of steps, such as 200steps',
    holds: (value) => count.holds(typeof value === 'string' ? stepsIn(value) : value),
  },
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(DEFAULTS)

/**
 * The settings among the options, with their defaults.
 * @throws TempocodeError `option` for a value that is not allowed
 */
export function settingsOf(options: SettingOptions): Settings {
  const given = Object.entries(options).filter(([name, value]) => name in DEFAULTS && value !== undefined)
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(given) }
  for (const [name, { allowed, holds }] of Object.entries(RULES)) {
    const value = settings[name as keyof Settings]
    if (!holds(value))
      throw new TempocodeError('option', `${name} ${JSON.stringify(value)} is not allowed; use ${allowed}`)
  }
  return { ...settings, optimizer: optimizerSettings(options.optimizer ?? DEFAULTS.optimizer) }
}

/** @param windows of the training */
export function plannedSettings(settings: Settings, windows: number): PlannedSettings {
  const steps = Math.ceil(windows / settings.batchSize)
  const epochs = settings.epochs === 'auto' ? Math.max(EPOCHS, Math.ceil(STEPS / steps)) : settings.epochs
  const patience =
    settings.patience === 'auto' ? Math.max(PATIENCE, Math.ceil(epochs / 5)) : settings.patience
  return { ...settings, epochs, patience }
}

/** The number in `200steps`; undefined for other text. */
export const stepsIn = (text: string): number | undefined =>
  /^\d+steps$/.test(text) ? Number.parseInt(text, 10) : undefined
