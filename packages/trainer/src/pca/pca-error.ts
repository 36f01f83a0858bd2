import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type { LossName } from '../fit/options.js'
import { transform } from '../scaler.js'
import { countRows } from '../segments.js'
import type { Series } from '../series.js'
import type { Split } from '../split.js'
import { leadingVectors } from './leading-vectors.js'
import { firstAndLast, type Rows, windowMoments } from './moments.js'

/** Values in a window, at most, for which `pcaError` computes: its time grows with the square. */
export const PCA_LIMIT = 1000

export interface PcaOptions {
  /** Rows in a window. */
  window: number
  /** Rows between the starts of two windows. */
  stride: number
  scaler: ScalerState
  /** Principal components, as many as the code has features. */
  components: number
  loss: LossName
}

/**
 * What a linear autoencoder makes of the same windows with a code of the same size: the baseline that a network has to
 * beat. Principal components (Pearson 1901) are fitted to the scaled training windows, each as one vector.
 * @returns the loss of the validation windows, 0 where there are as many components as values in a window
 * @throws TempocodeError `data` where a window has more than 1000 values or a part has no window, `option` where
 *   `components` is no whole number above 0
 */
export function pcaError(series: Series, split: Split, options: PcaOptions): number {
  const { window, stride, scaler, components, loss } = options
  const columns = series.columns.length
  const size = window * columns
  if (!Number.isSafeInteger(components) || components < 1) {
    throw new TempocodeError('option', `components ${components} is not allowed; use a whole number above 0`)
  }
  if (size > PCA_LIMIT) {
    const message = `a window has ${size} values; principal components are computed for up to ${PCA_LIMIT}`
    throw new TempocodeError('data', message)
  }
  const part = (segments: Rows['segments']): Rows => ({ values, columns, segments, window, stride })
  const values = centred(transform(series.values, scaler), columns, split.train)
  const { mean, covariance, count } = windowMoments(part(split.train))
  if (count === 0) throw new TempocodeError('data', 'there is no training window to find components of')
  if (components >= size) return 0
  return errorOf(part(split.validation), mean, leadingVectors(covariance, size, components), loss)
}

const lossOf: Record<LossName, (error: number) => number> = {
  mse: (error) => error * error,
  mae: Math.abs,
  huber: (error) => (Math.abs(error) <= 1 ? (error * error) / 2 : Math.abs(error) - 1 / 2),
}

/** Takes the training rows' means away in 64 bits, so that raw values far from 0 lose no digits when squared. */
function centred(scaled: Float32Array, columns: number, train: Split['train']): Float64Array {
  const means = new Float64Array(columns)
  for (const { start, end } of train) {
    for (let i = start * columns; i < end * columns; i++) means[i % columns] += scaled[i]
  }
  const rows = countRows(train)
  return Float64Array.from(scaled, (value, i) => value - means[i % columns] / rows)
}

/** The mean loss of windows and their projections onto the components (rows of `basis`). */
function errorOf(rows: Rows, mean: Float64Array, basis: Float64Array, loss: LossName): number {
  const n = mean.length
  const rest = new Float64Array(n)
  let sum = 0
  let count = 0
  for (const segment of rows.segments) {
    const [first, last] = firstAndLast(segment, rows) ?? [0, -1]
    for (let start = first; start <= last; start += rows.stride) {
      for (let i = 0; i < n; i++) rest[i] = rows.values[start * rows.columns + i] - mean[i]
      for (let k = 0; k < basis.length; k += n) {
        let part = 0
        for (let i = 0; i < n; i++) part += rest[i] * basis[k + i]
        for (let i = 0; i < n; i++) rest[i] -= part * basis[k + i] // the components are orthonormal
      }
      for (const x of rest) sum += lossOf[loss](x)
      count++
    }
  }
  if (count === 0) throw new TempocodeError('data', 'there is no validation window to measure')
  return sum / (count * n)
}
