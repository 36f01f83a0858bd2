import type { Measured } from './report-data.js'

/** Windows of one segment that follow each other with scores above the threshold. */
export interface Alarm {
  /** Rows, those of the scores. */
  start: number
  /** The last one. */
  end: number
  group?: string
  heldOut: boolean
  /** The highest score, its row, and its window. */
  peak: number
  row: number
  window: number
}

/** Windows that follow each other in one segment. */
export interface WindowRun {
  segment: Measured['segments'][number]
  /** The first window, and the one after the last. */
  from: number
  to: number
}

/** The row that a window's score stands for, which is its last. */
export const scoredRow = ({ windows, span }: Pick<Measured, 'windows' | 'span'>, window: number): number =>
  windows.starts[window] + (windows.lengths?.[window] ?? span) - 1

/** The windows of each segment that has any. */
export function windowRuns({ windows, segments, scores }: Measured): WindowRun[] {
  const runs: WindowRun[] = []
  let from = 0
  for (const segment of segments) {
    let to = from
    while (to < scores.length && windows.starts[to] >= segment.start && windows.starts[to] < segment.end) to++
    if (to > from) runs.push({ segment, from, to })
    from = to
  }
  return runs
}

/** All alarms, in the order of windows: those of training first. */
export function alarmsOf(measured: Measured): Alarm[] {
  const { scores, threshold } = measured
  const alarms: Alarm[] = []
  for (const { segment, from, to } of windowRuns(measured)) {
    let open: Alarm | undefined
    for (let window = from; window < to; window++) {
      const score = scores[window]
      if (!(score > threshold.value)) {
        open = undefined
        continue
      }
      const row = scoredRow(measured, window)
      if (open === undefined) {
        open = {
          start: row,
          end: row,
          group: segment.name,
          heldOut: segment.heldOut,
          peak: score,
          row,
          window,
        }
        alarms.push(open)
      }
      open.end = row
      if (score > open.peak) Object.assign(open, { peak: score, row, window })
    }
  }
  return alarms
}
