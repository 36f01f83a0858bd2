import { partsOf, type Scoring } from './score.js'
import type { ScoreHistory } from './score-history.js'

/**
 * The adaptive scores of windows, one after the other; they go on from a history.
 * @param errors windows × columns
 * @param scores of the same windows
 */
export function adaptiveScores(
  errors: Float32Array,
  scores: Float32Array,
  columns: number,
  scoring: Scoring,
  history: ScoreHistory,
): Float32Array {
  const parts = partsOf(errors, scores, columns, scoring)
  return scores.map((_, w) => history.push(parts.map((part) => part[w])))
}
