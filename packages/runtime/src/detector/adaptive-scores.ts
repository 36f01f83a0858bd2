import { windowsPerRun } from '../chunked-session.js'
import type { DetectorMetadata } from '../metadata-detector.js'
import type { Inputs } from './detector-inputs.js'
import { lastRowErrors } from './last-row.js'
import type { ScoreHistory } from './score-history.js'

/**
 * The adaptive scores of windows, which go on from a history, and the errors of their columns. What the network gives is
 * in memory for one run's windows at a time.
 * @param run the heads, errors and score of windows, by their names
 */
export async function adaptiveScores(
  { n, windows, lengths }: Inputs,
  run: (part: Inputs) => Promise<Record<string, Float32Array>>,
  metadata: DetectorMetadata,
  history: ScoreHistory,
): Promise<{ score: Float32Array; errors: Float32Array }> {
  const columns = metadata.columns.length
  const perRun = windowsPerRun(metadata.span * columns)
  const adapted = { score: new Float32Array(n), errors: new Float32Array(n * columns) }
  for (let first = 0; first < n; first += perRun) {
    const end = Math.min(n, first + perRun)
    const part = {
      n: end - first,
      windows: (from: number, to: number) => windows(first + from, first + to),
      lengths: lengths?.subarray(first, end),
    }
    const { score, errors, ...heads } = await run(part)
    const last = lastRowErrors(part.windows(0, part.n), heads, metadata, part.lengths)
    last.forEach((error, w) => {
      adapted.score[first + w] = history.push(error, score[w])
    })
    adapted.errors.set(errors, first * columns)
  }
  return adapted
}
