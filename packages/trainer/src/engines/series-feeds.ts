import type { Tensor } from '@tempocode/runtime'
import type { Task } from './engine.js'
import { tensor } from './feeds.js'

/** How workspaces come by the rows from which the graphs gather their windows. */
export interface SeriesFeeds {
  /** What is stored in each workspace. */
  stored: Record<string, Tensor>
  /** The feeds of a batch, or of several, with what they need beside it. */
  of(feeds: Record<string, Tensor>): Record<string, Tensor>
}

interface Rows extends Pick<Task, 'values' | 'columns'> {
  /** How many rows a window needs: its own, and those that are predicted from it. */
  span: number
}

const LONG = 250_000 // numbers: a megabyte, which each thread may well have

/**
 * A single workspace has the series, and so has each of several where it is short. Of a long one they are given, with each
 * batch, the rows of its windows: ONNX Runtime reads no memory that threads share, and copies would take as much memory
 * again for each thread.
 */
export function seriesFeeds(rows: Rows, workspaces: number): SeriesFeeds {
  const { values, columns } = rows
  if (workspaces > 1 && values.length > LONG) return { stored: {}, of: (feeds) => withRows(rows, feeds) }
  return { stored: { series: tensor(values, [values.length / columns, columns]) }, of: (feeds) => feeds }
}

/** The rows of all windows, one window after the other, in the place of the series. */
function withRows({ values, columns, span }: Rows, feeds: Record<string, Tensor>): Record<string, Tensor> {
  const { data: starts, shape } = feeds.starts
  const size = span * columns
  const rows = new Float32Array(starts.length * size)
  const newStarts = new BigInt64Array(starts.length)
  for (let i = 0; i < starts.length; i++) {
    const from = Number(starts[i]) * columns
    const count = Math.min(size, values.length - from) // fewer where a padded sequence ends the series
    for (let k = 0; k < count; k++) rows[i * size + k] = values[from + k]
    newStarts[i] = BigInt(i * span)
  }
  return {
    ...feeds,
    series: tensor(rows, [starts.length * span, columns]),
    starts: tensor(newStarts, shape),
  }
}
