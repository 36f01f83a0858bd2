/** Scores and contributions of the rows of a series; NaN where there is none. */
export interface RowScores {
  /** One for each row. */
  scores: Float32Array
  /** rows × columns */
  contributions: Float32Array
}

interface Spread {
  rows: number
  columns: number
  /** Rows from one window's end to the next one's. */
  stride: number
  /** The row that the first window ends with. */
  first: number
}

/**
 * What windows have, for each row: that of the last window that ended. NaN before the first one.
 * @param windows what each window has, in order; undefined where there is none
 */
export function spreadOverRows(windows: RowScores | undefined, spread: Spread): RowScores {
  const { rows, columns, stride, first } = spread
  const scores = new Float32Array(rows).fill(Number.NaN)
  const contributions = new Float32Array(rows * columns).fill(Number.NaN)
  if (!windows) return { scores, contributions }
  for (let row = first; row < rows; row++) {
    const w = Math.min(Math.floor((row - first) / stride), windows.scores.length - 1)
    scores[row] = windows.scores[w]
    contributions.set(windows.contributions.subarray(w * columns, (w + 1) * columns), row * columns)
  }
  return { scores, contributions }
}
