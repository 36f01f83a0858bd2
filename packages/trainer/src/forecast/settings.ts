import { TempocodeError } from '@tempocode/core'
import { CYCLES } from '@tempocode/runtime'
import { checkOptions, type FitOptions, fitSettings, OTHERS } from '../fit/options.js'
import { count, fraction, oneOf, type Rule } from '../fit/rules.js'
import { SETTING_NAMES, type SettingOptions } from '../fit/settings.js'
import type { ForecasterFitOptions } from './options.js'

/** The rows that are forecast, where none are asked for. */
export const FORECASTER_HORIZON = 24

/** The rows of the window for each of the horizon, where none are asked for: a week for a day. */
export const FORECASTER_WINDOW = 7

/** The defaults of `fit`'s options that are others for a forecaster. */
export const FORECASTER_FIT = {
  batchSize: 64,
  learningRate: 0.001,
  loss: 'huber',
  patience: 5,
  validationSplit: 0.2, // these windows calibrate the intervals, too
} as const satisfies SettingOptions

/** Those that `fit` takes, but which mean nothing here. */
const REFUSED = ['scaler', 'corrupt', 'sampleWeights']

const OWN = [
  'targets',
  'known',
  'horizon',
  'window',
  'encoder',
  'cycles',
  'coverage',
  'testSplit',
  'season',
] as const

/** For `forecaster`, which checks them. */
const NETWORK = ['recent', 'units', 'linear', 'hidden', 'dropout', 'featureDropout'] as const

type Own = Pick<ForecasterFitOptions, (typeof OWN)[number]>

const FIT_NAMES = [...SETTING_NAMES, ...OTHERS].filter((name) => !REFUSED.includes(name))

const cycle = oneOf(...CYCLES)

const RULES: Partial<Record<keyof Own, Rule>> = {
  horizon: count,
  window: count,
  season: count,
  testSplit: fraction,
  coverage: { ...fraction, allowed: '0 (no intervals) to below 1' },
  cycles: {
    allowed: `a list of different ones of ${CYCLES.join(', ')}`,
    holds: (value) =>
      Array.isArray(value) && value.every(cycle.holds) && new Set(value).size === value.length,
  },
}

/** What is told of a forecaster, and what of its training. */
export interface ForecasterPlan {
  own: Own & Required<Pick<Own, 'horizon' | 'window' | 'coverage' | 'testSplit' | 'known'>>
  network: Pick<ForecasterFitOptions, (typeof NETWORK)[number]>
  /** With a forecaster's defaults. */
  fit: FitOptions
}

/**
 * Sorts the options, with their defaults.
 * @throws TempocodeError `option` for an unknown option or a value that is not allowed
 */
export function forecasterPlan(options: ForecasterFitOptions): ForecasterPlan {
  checkOptions('fitForecaster', options, [...OWN, ...NETWORK, ...FIT_NAMES])
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const among = (names: readonly string[]) =>
    Object.fromEntries(given.filter(([name]) => names.includes(name)))
  const { horizon = FORECASTER_HORIZON } = options
  const own = {
    horizon,
    window: FORECASTER_WINDOW * horizon,
    coverage: 0.9,
    testSplit: 0.2,
    known: [],
    ...among(OWN),
  }
  for (const [name, { allowed, holds }] of Object.entries(RULES)) {
    const value: unknown = own[name as keyof typeof own]
    if (value === undefined || holds(value)) continue
    throw new TempocodeError('option', `${name} ${JSON.stringify(value)} is not allowed; use ${allowed}`)
  }
  const fit = { ...FORECASTER_FIT, ...among(FIT_NAMES), scaler: 'none' } satisfies FitOptions
  fitSettings(fit) // before anything is computed
  return { own, network: among(NETWORK), fit }
}
