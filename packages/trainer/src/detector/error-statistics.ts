import type { ErrorStatistics } from '@tempocode/runtime/metadata'
import { momentsOf } from '../moments.js'
import { choleskyFactor, inverseOf } from './triangular.js'

const SMALLEST = 1e-6 // of the largest deviation: a column whose errors vary less counts as if they varied so much
const RIDGE = 1e-6 // the least that may be left of a column's variance when the columns before it are known

/**
 * Mean, deviation and covariance of windows' errors. Where columns' errors follow from those of others, so that their
 * covariance has no inverse, a ridge is added to it: 1e-6 of each variance, or ten times as much until it has one.
 * @param errors windows × columns, finite
 */
export function errorStatistics(errors: Float32Array, columns: number): ErrorStatistics {
  const { count: windows, mean, covariance } = momentsOf(errors, columns)
  const own = Float64Array.from(mean, (_, i) => Math.sqrt(covariance[i * columns + i]))
  const largest = own.reduce((a, b) => Math.max(a, b), 0)
  const deviation = own.map((value) => Math.max(value, SMALLEST * largest) || 1)
  return {
    windows,
    mean: Float32Array.from(mean),
    deviation: Float32Array.from(deviation),
    whitening: whiteningOf(covariance, deviation),
  }
}

/**
 * The lower triangular W of Σ⁻¹ = Wᵀ · W, row by row: with R the correlations, R = L · Lᵀ (Cholesky), W is L⁻¹ with its
 * columns divided by the deviations.
 */
function whiteningOf(covariance: Float64Array, deviation: Float64Array): Float32Array {
  const n = deviation.length
  const correlation = (i: number, j: number) => covariance[i * n + j] / (deviation[i] * deviation[j])
  let factor: Float64Array[] | undefined
  for (let ridge = 0; factor === undefined; ridge = ridge === 0 ? RIDGE : 10 * ridge) {
    factor = choleskyFactor(n, (i, j) => (i === j ? 1 + ridge : correlation(i, j)), RIDGE)
  }
  const inverse = inverseOf(factor)
  return Float32Array.from(
    inverse.flatMap((row) => [...row.map((value, column) => value / deviation[column])]),
  )
}
