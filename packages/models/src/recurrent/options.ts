import { TempocodeError } from '@tempocode/core'
import { checkCount, checkDropout, checkFlag, checkNotNegative, checkOneOf, checkUnits } from '../options.js'
import { checkHeads, type Head, type HeadOptions } from './heads.js'

/** The options that LSTM and GRU autoencoders share. */
export interface RecurrentOptions extends HeadOptions {
  /** Rows in a window. */
  window: number
  /** Columns of the series. */
  columns: number
  /** Units of each encoder layer; the last is the number of features. The decoders mirror them. Default [64, 32]. */
  units?: readonly number[]
  /** Activation of cell input and output. Default tanh. */
  activation?: 'tanh' | 'relu'
  /**
   * Whether the encoder reads windows in both directions, each with half of a layer's units, which must be even.
   * Decoders go forward. Default false.
   */
  bidirectional?: boolean
  /** The share of values dropped between two layers of the encoder while training, below 1. Default 0. */
  dropout?: number
  /** Weight of the L1 penalty that makes the code sparse: l1 · Σ|features| / batch. Default 0. */
  l1?: number
  /**
   * Whether windows are sequences of different lengths, padded at their ends; the encoder skips rows whose values are
   * all `MASK_VALUE`. Default false.
   */
  masked?: boolean
  /** Fixes the initial weights. Default 0. */
  seed?: number
}

/** For `checkOptions`. */
export const RECURRENT_OPTIONS: readonly (keyof RecurrentOptions)[] = [
  'window',
  'columns',
  'units',
  'activation',
  'heads',
  'horizon',
  'reversed',
  'bidirectional',
  'dropout',
  'l1',
  'masked',
  'seed',
]

/** All options, checked, with their defaults. */
export interface Checked extends Required<Omit<RecurrentOptions, keyof HeadOptions>> {
  readonly heads: readonly Head[]
}

/** @throws TempocodeError `option` where a value is not allowed or options do not go together */
export function checkRecurrent(options: RecurrentOptions): Checked {
  const { seed = 0 } = options
  const window = checkCount('window', options.window)
  const columns = checkCount('columns', options.columns)
  const units = checkUnits(options.units ?? [64, 32])
  const activation = checkOneOf('activation', options.activation ?? 'tanh', ['tanh', 'relu'])
  const heads = checkHeads(options, window)
  const bidirectional = checkFlag('bidirectional', options.bidirectional ?? false)
  const odd = units.find((count) => count % 2 === 1)
  if (bidirectional && odd !== undefined) {
    throw new TempocodeError(
      'option',
      `units ${odd} is not allowed where bidirectional is true; use an even number, half of it for each direction`,
    )
  }
  const dropout = checkDropout(options.dropout ?? 0, units)
  const l1 = checkNotNegative('l1', options.l1 ?? 0)
  const masked = checkFlag('masked', options.masked ?? false)
  return { window, columns, units, activation, heads, bidirectional, dropout, l1, masked, seed }
}
