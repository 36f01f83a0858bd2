import { TempocodeError } from '@tempocode/core'
import { checkRuns, type RowRun } from './runs.js'

/** What a detector said of rows that follow each other (one group, or one file), and what is known of them. */
export interface ScoredRows {
  /** Of each row, higher is more anomalous; NaN where it has none, such as before the first whole window. */
  scores: ArrayLike<number>
  /** Of each row 1 where it is in alarm, else 0. */
  alarms: ArrayLike<number>
  /** What is known to be anomalous: rows [start, end), in their order; `runsOf(labels)` makes them of 0 and 1. */
  events: readonly RowRun[]
  /** Of each row, rising, in seconds or any other unit. Without them delays are in rows alone. */
  times?: ArrayLike<number>
}

/** Rows of all groups that have a score, one behind the other. */
export interface PooledRows {
  scores: Float64Array
  alarms: Uint8Array
  labels: Uint8Array
  /** The number of each row's event, over all groups, from 1; 0 where it lies in none. */
  events: Int32Array
  /** Rows that have no score, and how many of them are labelled anomalous. */
  unscored: { rows: number; anomalous: number }
}

/** @throws TempocodeError `data` where lengths differ, alarms are not 0 and 1, or events are no runs of the rows */
export function checkScored({ scores, alarms, events, times }: ScoredRows): void {
  const rows = scores.length
  const lengths = Object.entries({ alarms, ...(times && { times }) })
  const other = lengths.find(([, { length }]) => length !== rows)
  if (other !== undefined) {
    throw new TempocodeError(
      'data',
      `there are ${rows} scores and ${other[1].length} ${other[0]} of the same rows`,
    )
  }
  for (let row = 0; row < rows; row++) {
    if (alarms[row] === 0 || alarms[row] === 1) continue
    throw new TempocodeError('data', `alarm ${alarms[row]} of row ${row + 1} is not allowed; use 0 or 1`)
  }
  checkRuns(events, rows)
}

/** @throws TempocodeError `data` as {@link checkScored} does, and where no row has a score */
export function poolRows(groups: readonly ScoredRows[]): PooledRows {
  groups.forEach(checkScored)
  const all = groups.reduce((sum, group) => sum + group.scores.length, 0)
  const scores = new Float64Array(all)
  const alarms = new Uint8Array(all)
  const events = new Int32Array(all)
  const unscored = { rows: 0, anomalous: 0 }
  let count = 0
  let before = 0
  for (const group of groups) {
    const numbers = new Int32Array(group.scores.length)
    for (const { start, end } of group.events) numbers.fill(++before, start, end)
    for (let row = 0; row < numbers.length; row++) {
      if (Number.isNaN(group.scores[row])) {
        unscored.rows++
        unscored.anomalous += Math.min(1, numbers[row])
      } else {
        scores[count] = group.scores[row]
        alarms[count] = group.alarms[row]
        events[count++] = numbers[row]
      }
    }
  }
  if (count === 0) throw new TempocodeError('data', `none of ${all} rows has a score`)
  return {
    scores: scores.subarray(0, count),
    alarms: alarms.subarray(0, count),
    labels: Uint8Array.from(events.subarray(0, count), (event) => Math.min(1, event)),
    events: events.subarray(0, count),
    unscored,
  }
}

/** The alarms of rows that have a score: without one there can be none. */
export function scoredAlarms({ scores, alarms }: ScoredRows): Uint8Array {
  return Uint8Array.from(alarms, (alarm, row) => (Number.isNaN(scores[row]) ? 0 : alarm))
}
