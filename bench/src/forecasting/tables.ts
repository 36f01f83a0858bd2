import { type Line, measureOf, type Table } from '../family/results.js'
import { type Comparison, errorDifference } from './block-bootstrap.js'
import { averageOf } from './errors.js'
import type { ForecastFigures } from './forecast-seed.js'
import { PAIRS, VARIANTS, type VariantName, variantNames } from './names.js'

/** Of each seed. */
export type Judged = Record<VariantName, ForecastFigures[]>

/** @param extremes which test windows are */
export function errorTable(
  title: string,
  judged: Judged,
  extremes: readonly number[],
  baselines: Line[],
): Table {
  const lines = variantNames.map((variant): Line => {
    const of = (value: (figures: ForecastFigures) => number) => measureOf(judged[variant].map(value))
    return {
      name: VARIANTS[variant],
      cells: {
        MSE: of(({ test }) => test.mse),
        MAE: of(({ test }) => test.mae),
        'MSE, extreme days': of(({ squares }) => averageOf(squares, extremes)),
        'MSE, validation rows': of(({ validation }) => validation),
        'sMAPE, %': of(({ test }) => test.smape),
        'within 90 % intervals, %': of(({ test }) => 100 * test.coverage),
        'their width': of(({ test }) => test.width),
        weights: judged[variant][0].weights,
      },
    }
  })
  return { title, shows: 'mean and deviation', lines: [...lines, ...baselines] }
}

/** By how much errors differ, pair by pair. */
export function differencesOf(judged: Judged, some?: readonly number[]): Comparison[] {
  const errors = (variant: VariantName) => judged[variant].map(({ squares }) => squares)
  return PAIRS.map(([ours, theirs]) => errorDifference({ ours: errors(ours), theirs: errors(theirs) }, some))
}

export function differenceTable(title: string, all: Comparison[], extremes: Comparison[]): Table {
  const cells = ({ value, low, high, percent }: Comparison, where = '') => ({
    [`MSE${where}`]: value,
    [`from${where}`]: low,
    [`to${where}`]: high,
    [`in %${where}`]: percent,
  })
  return {
    title: `${title}: difference`,
    shows: 'mean and deviation',
    lines: PAIRS.map(([ours, theirs], i) => ({
      name: `${VARIANTS[ours]} − ${VARIANTS[theirs]}`,
      cells: { ...cells(all[i]), ...cells(extremes[i], ', extreme days') },
    })),
  }
}
