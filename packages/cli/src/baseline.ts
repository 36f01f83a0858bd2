import { PCA_LIMIT, pcaError, type Run, type Series } from '@tempocode/trainer'
import type { NetworkOptions } from './network.js'

/** What principal components with a code of the same size make of the held-out windows, or why that is not known. */
export type Baseline =
  | { components: number; error: number; exact: boolean }
  | { components: number; skipped: string }

/** Like is compared with like: both are the loss of nothing but the windows' reconstruction. */
export function baselineOf(run: Run, series: Series, network: NetworkOptions): Baseline {
  const { split, scaler, settings } = run
  const { stride, loss } = settings
  const { window } = network
  const components = featuresOf(network)
  const size = window * series.columns.length
  const reason =
    otherLoss(run, network) ??
    (split.validation.length === 0 ? 'no held-out windows' : undefined) ??
    (size > PCA_LIMIT ? `windows have ${size} values, more than ${PCA_LIMIT}` : undefined)
  if (reason !== undefined) return { components, skipped: reason }
  const error = pcaError(series, split, { window, stride, scaler, components, loss })
  return { components, error, exact: components >= size }
}

export const featuresOf = ({ units }: NetworkOptions): number => units?.at(-1) ?? 0

/** Why the network's loss cannot be compared with that of components, where it cannot. */
function otherLoss({ settings }: Run, network: NetworkOptions): string | undefined {
  const { heads, l1, masked, decoderState, conditional } = network
  if (masked) return 'sequences differ in length'
  if (heads?.includes('prediction')) return 'the loss is not that of a reconstruction alone'
  if (l1) return 'the price of large features is part of the loss'
  if (decoderState || conditional) return 'the decoder gets more than the features'
  return Object.keys(settings.lossWeights).length > 0 ? 'the loss is weighted' : undefined
}
