import type { RowRun } from './runs.js'

/** A file of the corpus. */
export interface NabFile {
  /** Of each row, from the file's first on, higher is more anomalous; NaN is never an alarm. */
  scores: ArrayLike<number>
  /** The labelled windows: rows [start, end). The last row of a window is the end that NAB's own labels give. */
  windows: readonly RowRun[]
}

/** What an alarm is worth at each row of a file. */
export interface NabRows {
  /** The first row that counts. */
  first: number
  /** The number of each row's window, from 0, or −1. */
  windows: Int32Array
  /** In a window what an alarm earns there, from above 0 to 1; outside what part of the price it costs, from −1 to 0. */
  worth: Float64Array
}

const MOST = 2 * sigmoid(5) - 1

/** The scaled sigmoid of NAB's `sweeper.py` at each row, for a true alarm as a part of the most that one can earn. */
export function nabRows({ scores, windows }: NabFile): NabRows {
  const rows = scores.length
  const numbers = new Int32Array(rows).fill(-1)
  const worth = new Float64Array(rows).fill(-1)
  windows.forEach(({ start, end }, w) => {
    numbers.fill(w, start, end)
    for (let row = start; row < end; row++) worth[row] = worthAt((row - end) / (end - start)) / MOST
    const width = Math.max(1, end - start - 1) // NAB has no window of one row
    const next = windows[w + 1]?.start ?? rows
    for (let row = end; row < next; row++) worth[row] = worthAt((row - end + 1) / width)
  })
  return { first: Math.min(Math.floor(0.15 * rows), 750), windows: numbers, worth }
}

/** @param position −1 at a window's first row, 0 behind its last, 1 a window farther */
function worthAt(position: number): number {
  return position > 3 ? -1 : 2 * sigmoid(-5 * position) - 1
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
