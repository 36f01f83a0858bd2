import type { FeatureStatistics } from '@tempocode/runtime/metadata'
import { momentsOf } from '../moments.js'
import { choleskyFactor, inverseOf } from './triangular.js'

/**
 * Mean and covariance of windows' features, for their squared Mahalanobis distance. Features are many and depend on each
 * other, so the covariance S is shrunk towards one of the same variance m for all of them: (1 − ρ) S + ρ m I, with the
 * ρ of Ledoit & Wolf 2004 (A well-conditioned estimator for large-dimensional covariance matrices).
 * @param features windows × count, finite
 */
export function featureStatistics(features: Float32Array, count: number): FeatureStatistics {
  const { mean, covariance } = momentsOf(features, count)
  const centred = Float64Array.from(features, (value, i) => value - mean[i % count])
  const { variance, shrinkage } = ledoitWolf(centred, covariance, count)
  const at = (i: number, j: number) =>
    (1 - shrinkage) * covariance[i * count + j] + (i === j ? shrinkage * variance : 0)
  const least = 1e-12 * variance
  const factor = variance > 0 ? choleskyFactor(count, at, least) : undefined
  // features that never vary say nothing of a window
  const inverse = factor ? inverseOf(factor) : Array.from(mean, (_, i) => new Float64Array(i + 1))
  const unit = Math.sqrt(meanDistance(centred, inverse, count)) || 1
  return {
    mean: Float32Array.from(mean),
    whitening: Float32Array.from(inverse.flatMap((row) => [...row.map((value) => value / unit)])),
  }
}

/** m and ρ: ρ = min(b², d²) / d², d² = ‖S − m I‖², b² = Σ ‖x xᵀ − S‖² / n². */
function ledoitWolf(centred: Float64Array, covariance: Float64Array, count: number) {
  const windows = centred.length / count
  const square = covariance.reduce((sum, value) => sum + value ** 2, 0)
  let trace = 0
  for (let i = 0; i < count; i++) trace += covariance[i * count + i]
  const variance = trace / count
  const d2 = square - count * variance ** 2
  // Σ ‖x xᵀ − S‖² = Σ ‖x‖⁴ − n ‖S‖²
  let fourth = 0
  for (let w = 0; w < centred.length; w += count) {
    let own = 0
    for (let i = 0; i < count; i++) own += centred[w + i] ** 2
    fourth += own ** 2
  }
  const b2 = (fourth / windows - square) / windows
  return { variance, shrinkage: d2 > 0 ? Math.min(1, Math.max(0, b2 / d2)) : 1 }
}

function meanDistance(centred: Float64Array, inverse: readonly Float64Array[], count: number): number {
  let sum = 0
  for (let w = 0; w < centred.length; w += count) {
    for (const row of inverse) {
      let whitened = 0
      for (let c = 0; c < row.length; c++) whitened += row[c] * centred[w + c]
      sum += whitened ** 2
    }
  }
  return sum / (centred.length / count)
}
