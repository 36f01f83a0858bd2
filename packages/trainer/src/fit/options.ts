import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'

export type EngineName = 'onnx' | 'tfjs'
export type LossName = 'mse' | 'mae'
export type TrainingDevice = 'cpu' | 'wasm'

/** How to train. All have defaults. */
export interface FitOptions {
  /** Passes over the training windows. Default 50. */
  epochs?: number
  /** Windows in an optimizer step. Default 32. */
  batchSize?: number
  /** Adam's. Default 0.001. */
  learningRate?: number
  /** Mean squared or mean absolute error of the scaled values. Default mse. */
  loss?: LossName
  /** The largest Euclidean norm of all gradients together; larger ones are scaled down. Default 1; 0 for no clipping. */
  clipNorm?: number
  /** The part of the rows, the last ones in time, that validate. Default 0.1. */
  validationSplit?: number
  /** Epochs without a better validation loss after which training stops. Default 10. */
  patience?: number
  /** Fitted to the training rows. Default standard. */
  scaler?: ScalerState['kind']
  /** Rows between the starts of two training windows. Default 1. */
  stride?: number
  /** Fixes the order of the windows. Default 0. */
  seed?: number
  /** What computes. `auto` takes onnx, or tfjs for a model with layers that only tfjs knows. Default auto. */
  engine?: 'auto' | EngineName
  /** Where the onnx engine runs. `auto` takes the first that is available: cpu, wasm. Default auto. */
  device?: 'auto' | TrainingDevice
  /** Stops training after the step under way; what was learnt is kept. */
  signal?: AbortSignal
  onWarning?: (message: string) => void
  /** After each call of the engine, a few times a second. */
  onProgress?: (progress: Progress) => void
  onEpoch?: (epoch: Epoch) => void
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

export interface Epoch {
  /** From 1. */
  epoch: number
  /** The mean loss of the epoch's steps, while the weights changed. */
  loss: number
  /** The loss of the validation windows after the epoch; absent where there is no validation part. */
  validationLoss?: number
  seconds: number
}

export type Settings = Required<Omit<FitOptions, 'signal' | 'onWarning' | 'onProgress' | 'onEpoch'>>

const DEFAULTS: Settings = {
  epochs: 50,
  batchSize: 32,
  learningRate: 0.001,
  loss: 'mse',
  clipNorm: 1,
  validationSplit: 0.1,
  patience: 10,
  scaler: 'standard',
  stride: 1,
  seed: 0,
  engine: 'auto',
  device: 'auto',
}

const CALLBACKS = ['signal', 'onWarning', 'onProgress', 'onEpoch']

const RULES: Record<keyof Settings, { allowed: string; holds: (value: unknown) => boolean }> = {
  epochs: count(),
  batchSize: count(),
  learningRate: { allowed: 'a number above 0', holds: (value) => isNumber(value) && value > 0 },
  loss: oneOf('mse', 'mae'),
  clipNorm: {
    allowed: 'a number above 0, or 0 for no clipping',
    holds: (value) => isNumber(value) && value >= 0,
  },
  validationSplit: { allowed: '0 to below 1', holds: (value) => isNumber(value) && value >= 0 && value < 1 },
  patience: count(),
  scaler: oneOf('standard', 'minmax', 'none'),
  stride: count(),
  seed: { allowed: 'a whole number', holds: Number.isSafeInteger },
  engine: oneOf('auto', 'onnx', 'tfjs'),
  device: oneOf('auto', 'cpu', 'wasm'),
}

/**
 * The options with their defaults.
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function fitSettings(options: FitOptions): Settings {
  for (const name of Object.keys(options)) {
    if (name in RULES || CALLBACKS.includes(name)) continue
    const known = [...Object.keys(RULES), ...CALLBACKS].join(', ')
    throw new TempocodeError('option', `fit: option "${name}" is unknown; use ${known}`)
  }
  const given = Object.entries(options).filter(([name, value]) => name in RULES && value !== undefined)
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(given) }
  for (const [name, { allowed, holds }] of Object.entries(RULES)) {
    const value = settings[name as keyof Settings]
    if (!holds(value))
      throw new TempocodeError('option', `${name} ${JSON.stringify(value)} is not allowed; use ${allowed}`)
  }
  return settings
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function count() {
  return {
    allowed: 'a whole number above 0',
    holds: (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0,
  }
}

function oneOf(...names: string[]) {
  return { allowed: names.join(' or '), holds: (value: unknown) => names.includes(value as string) }
}
