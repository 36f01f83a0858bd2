import { type ScoreStatistics, storedRanks, TAIL_PART } from '@tempocode/runtime'
import { fitGeneralizedPareto } from './generalized-pareto.js'

const FEWEST = 10 // excesses that a tail is fitted to

/**
 * What thresholds need of the scores of calibration windows: moments, order statistics, and the tail, fitted to what they
 * exceed their 0.98 quantile by (peaks over threshold).
 * @param scores finite, at least one
 */
export function scoreStatistics(scores: Float32Array): ScoreStatistics {
  const sorted = scores.toSorted()
  const count = sorted.length
  const mean = sorted.reduce((sum, score) => sum + score, 0) / count
  const variance = sorted.reduce((sum, score) => sum + (score - mean) ** 2, 0) / count
  return {
    count,
    mean,
    deviation: Math.sqrt(variance),
    order: Float32Array.from(storedRanks(count), (rank) => sorted[rank]),
    tail: tailOf(sorted),
  }
}

function tailOf(sorted: Float32Array): ScoreStatistics['tail'] {
  const rank = (1 - TAIL_PART) * (sorted.length - 1)
  const below = sorted[Math.floor(rank)]
  const start = below + (sorted[Math.ceil(rank)] - below) * (rank - Math.floor(rank))
  const excesses = Float64Array.from(sorted.filter((score) => score > start)).map((score) => score - start)
  if (excesses.length < FEWEST) {
    const missing = `${excesses.length} of ${sorted.length} scores exceed the ${1 - TAIL_PART} quantile; it takes ${FEWEST}`
    return { missing }
  }
  const fitted = fitGeneralizedPareto(excesses)
  if (!fitted) return { missing: `the likelihood of the ${excesses.length} largest scores has no maximum` }
  return { start, share: excesses.length / sorted.length, ...fitted }
}
