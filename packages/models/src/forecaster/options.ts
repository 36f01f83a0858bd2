import { TempocodeError } from '@tempocode/core'
import { checkCount, checkFlag, checkShare, checkUnits } from '../options.js'

export interface ForecasterOptions {
  /** Rows in a window. */
  window: number
  /** Columns of the series, of all kinds. */
  columns: number
  /** Rows that are forecast. */
  horizon: number
  /** How many of the columns are forecast: the first ones. Default 1. */
  targets?: number
  /**
   * How many columns, behind the measured ones, are known ahead: in each row, the values of the row `horizon` later. The
   * window then has at least `horizon` rows. Default 0.
   */
  known?: number
  /** How many columns, behind those known ahead, tell the time: sines and cosines of cycles. Default 0. */
  cycles?: number
  /** How many columns, the last ones, are features of an encoder, of which the last row's are used. Default 0. */
  features?: number
  /** How many of the window's last rows the LSTM reads. Default 24, or the window where that is shorter. */
  recent?: number
  /** Units of each LSTM layer. Default [32]. */
  units?: readonly number[]
  /** Whether each target has a linear view of its own of the whole window, too. Default true. */
  linear?: boolean
  /** Units of a layer (relu) between the LSTM and what is forecast; 0 is none. Default 64. */
  hidden?: number
  /**
   * The share of values dropped behind the LSTMs, and behind the hidden layer, while training. Default 0.5 for one target,
   * which the network soon knows by heart, and 0 for several.
   */
  dropout?: number
  /** The share of the features dropped while training, which are many and soon learnt by heart. Default 0.5. */
  featureDropout?: number
  /**
   * The share of values, above 0 and below 1, that should lie between two quantiles: 0.9 adds `quantile_5` and
   * `quantile_95`. Default 0: none.
   */
  intervals?: number
  /** Fixes the initial weights. Default 0. */
  seed?: number
}

/** For `checkOptions`. */
export const FORECASTER_OPTIONS: readonly (keyof ForecasterOptions)[] = [
  'window',
  'columns',
  'horizon',
  'targets',
  'known',
  'cycles',
  'features',
  'recent',
  'units',
  'linear',
  'hidden',
  'dropout',
  'featureDropout',
  'intervals',
  'seed',
]

/** All options, checked, with their defaults. */
export interface Checked extends Required<Omit<ForecasterOptions, 'intervals' | 'columns'>> {
  /** How many columns are measured: targets and others. */
  readonly measured: number
  readonly columns: number
  /** Percentages. */
  readonly quantiles: readonly number[]
}

/** @throws TempocodeError `option` where a value is not allowed or options do not go together */
export function checkForecaster(options: ForecasterOptions): Checked {
  const { seed = 0 } = options
  const window = checkCount('window', options.window)
  const columns = checkCount('columns', options.columns)
  const horizon = checkCount('horizon', options.horizon)
  const targets = checkCount('targets', options.targets ?? 1)
  const [known, cycles, features] = (['known', 'cycles', 'features'] as const).map((name) =>
    orNone(name, options[name] ?? 0),
  )
  const measured = columns - known - cycles - features
  if (targets > measured) {
    throw refuse(
      `targets ${targets} is not allowed: of ${columns} columns, ${measured} are measured (${known} known, ${cycles} of ` +
        `cycles, ${features} features)`,
    )
  }
  if (known > 0 && horizon > window) {
    throw refuse(
      `horizon ${horizon} is not allowed with columns known ahead; use at most the window's ${window} rows`,
    )
  }
  const recent = checkCount('recent', options.recent ?? Math.min(RECENT, window))
  if (recent > window)
    throw refuse(`recent ${recent} is not allowed; use at most the window's ${window} rows`)
  return {
    window,
    columns,
    horizon,
    targets,
    measured,
    known,
    cycles,
    features,
    recent,
    units: checkUnits(options.units ?? [32]),
    linear: checkFlag('linear', options.linear ?? true),
    hidden: orNone('hidden', options.hidden ?? 64),
    dropout: checkShare('dropout', options.dropout ?? (targets === 1 ? 0.5 : 0)),
    featureDropout: checkShare('featureDropout', options.featureDropout ?? 0.5),
    quantiles: quantilesOf(checkShare('intervals', options.intervals ?? 0)),
    seed,
  }
}

const RECENT = 24

function orNone(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw refuse(`${name} ${JSON.stringify(value)} is not allowed; use a whole number that is not below 0`)
}

/** The two percentages between which lies such a share, with what lies outside halved. */
function quantilesOf(coverage: number): number[] {
  if (coverage === 0) return []
  const low = Number((50 * (1 - coverage)).toPrecision(10)) // 5, not 4.999999999999999
  return [low, 100 - low]
}

const refuse = (message: string) => new TempocodeError('option', message)
