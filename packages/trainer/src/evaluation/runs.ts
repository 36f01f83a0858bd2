import { TempocodeError } from '@tempocode/core'
import type { Segment } from '../segments.js'

/** Rows that follow each other: [start, end). */
export type RowRun = Pick<Segment, 'start' | 'end'>

/** The runs of rows that are not 0: events from labels, alarms from a detector's 0 and 1. */
export function runsOf(rows: ArrayLike<number>): RowRun[] {
  const runs: RowRun[] = []
  for (let start = 0; start < rows.length; start++) {
    if (!rows[start]) continue
    let end = start + 1
    while (end < rows.length && rows[end]) end++
    runs.push({ start, end })
    start = end
  }
  return runs
}

/** Of each row 1 where it lies in one of the runs, else 0: the reverse of {@link runsOf}. */
export function rowsOf(runs: readonly RowRun[], rows: number): Uint8Array {
  const inside = new Uint8Array(rows)
  for (const { start, end } of runs) inside.fill(1, start, end)
  return inside
}

/** @throws TempocodeError `data` where runs are empty, leave the rows, overlap or are out of order */
export function checkRuns(runs: readonly RowRun[], rows: number): void {
  runs.forEach(({ start, end }, i) => {
    const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end)
    if (whole && start >= (runs[i - 1]?.end ?? 0) && start < end && end <= rows) return
    const allowed = `events are runs of the rows 0 to ${rows}, in their order, that do not overlap`
    throw new TempocodeError('data', `event ${i + 1} has the rows ${start} to ${end}; ${allowed}`)
  })
}
