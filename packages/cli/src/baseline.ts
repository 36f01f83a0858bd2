import { PCA_LIMIT, pcaError, type Run, type Series } from '@tempocode/trainer'

/** What principal components with a code of the same size make of the held-out windows, or why that is not known. */
export type Baseline =
  | { components: number; error: number; exact: boolean }
  | { components: number; skipped: string }

export function baselineOf(run: Run, series: Series, window: number, components: number): Baseline {
  const { split, scaler, settings } = run
  const { stride, loss } = settings
  const size = window * series.columns.length
  if (split.validation.length === 0) return { components, skipped: 'no held-out windows' }
  if (size > PCA_LIMIT) return { components, skipped: `windows have ${size} values, more than ${PCA_LIMIT}` }
  const error = pcaError(series, split, { window, stride, scaler, components, loss })
  return { components, error, exact: components >= size }
}
