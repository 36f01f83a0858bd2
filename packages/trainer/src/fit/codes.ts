import type { CodeDistribution } from '@tempocode/runtime/metadata'
import { momentsOf } from '../moments.js'

const SMALLEST = 1e-10 // of the largest variance: below, a feature adds nothing to those before it

/**
 * Mean and covariance of features, the latter as its lower triangular factor L, covariance = L · Lᵀ (Cholesky). Where
 * features depend on each other, or never change, columns of L are 0.
 * @param features windows × size
 */
export function codeDistribution(features: Float32Array, size: number): CodeDistribution {
  const { count: windows, mean, covariance } = momentsOf(features, size)
  const rows = Array.from(mean, (_, i) => covariance.slice(i * size, i * size + i + 1)) // the lower triangle
  const least = SMALLEST * rows.reduce((most, row, i) => Math.max(most, row[i]), 0)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = rows[i][j]
      for (let k = 0; k < j; k++) rest -= rows[i][k] * rows[j][k]
      if (i > j) rows[i][j] = rows[j][j] === 0 ? 0 : rest / rows[j][j]
      else rows[i][i] = rest > least ? Math.sqrt(rest) : 0
    }
  }
  return {
    windows,
    mean: Float32Array.from(mean),
    factor: Float32Array.from(rows.flatMap((row) => [...row])),
  }
}
