import { checkCount, checkDropout, checkFlag, checkNotNegative, checkOneOf, checkUnits } from '../options.js'

export interface DenseAutoencoderOptions {
  /** Rows in a window. */
  window: number
  /** Columns of the series. */
  columns: number
  /**
   * Units of each encoder layer; the last is the number of features. The decoder mirrors them. Default: one layer
   * of a third of the window's numbers, at most 64; stacked [64, 32, 16].
   */
  units?: readonly number[]
  /** Activation of every layer but the last. Default relu; stacked tanh. */
  activation?: 'tanh' | 'relu' | 'sigmoid'
  /** Whether the decoder uses the encoder's kernels, transposed: half the weights. Default false. */
  tied?: boolean
  /** The share of values dropped between two layers of the encoder while training, below 1. Default 0. */
  dropout?: number
  /** Weight of the L1 penalty that makes the code sparse: l1 · Σ|features| / batch. Default 0. */
  l1?: number
  /**
   * Whether the code is of the window's changes from its last row alone, which is added again to what the decoder gives:
   * for features of series whose level drifts. The decoder then needs more than the code. Default false.
   */
  relative?: boolean
  /** Fixes the initial weights. Default 0. */
  seed?: number
}

/** For `checkOptions`. */
export const DENSE_OPTIONS: readonly (keyof DenseAutoencoderOptions)[] = [
  'window',
  'columns',
  'units',
  'activation',
  'tied',
  'dropout',
  'l1',
  'relative',
  'seed',
]

/**
 * All options, with what holds for those that were left out.
 * @throws TempocodeError `option` where a value is not allowed
 */
export function checkDense(
  options: DenseAutoencoderOptions,
  defaults: {
    units: (window: number, columns: number) => readonly number[]
    activation: 'tanh' | 'relu'
    tied: boolean
  },
): Required<DenseAutoencoderOptions> {
  const { seed = 0 } = options
  const window = checkCount('window', options.window)
  const columns = checkCount('columns', options.columns)
  const units = checkUnits(options.units ?? defaults.units(window, columns))
  const activation = checkOneOf('activation', options.activation ?? defaults.activation, [
    'tanh',
    'relu',
    'sigmoid',
  ])
  const tied = checkFlag('tied', options.tied ?? defaults.tied)
  const dropout = checkDropout(options.dropout ?? 0, units)
  const l1 = checkNotNegative('l1', options.l1 ?? 0)
  const relative = checkFlag('relative', options.relative ?? false)
  return { window, columns, units, activation, tied, dropout, l1, relative, seed }
}
