import { TempocodeError } from '@tempocode/core'
import type { Segment } from './segments.js'

/** Windows of a series. */
export interface Windows {
  /** Their first rows. */
  starts: Int32Array
  /** Where sequences of different lengths are padded: how many rows each has. Else all have as many. */
  lengths?: Int32Array
}

/**
 * The first rows of all windows, in order. A window is the rows [start, start + window) of one segment; segments
 * shorter than a window have none.
 * @param window rows in a window
 * @param stride rows between the starts of two windows
 * @throws TempocodeError `option` where window or stride are not whole numbers above 0, `data` where there is no window
 */
export function windowStarts(segments: readonly Segment[], window: number, stride: number): Int32Array {
  checkWindows({ window, stride })
  const windowsIn = ({ start, end }: Segment) => Math.max(0, Math.floor((end - start - window) / stride) + 1)
  const starts = new Int32Array(segments.reduce((sum, segment) => sum + windowsIn(segment), 0))
  if (starts.length === 0) {
    const longest = segments.reduce((most, { start, end }) => Math.max(most, end - start), 0)
    throw noWindow(window, longest)
  }
  let next = 0
  for (const segment of segments) {
    for (let start = segment.start; start + window <= segment.end; start += stride) starts[next++] = start
  }
  return starts
}

/** @throws TempocodeError `option` where window or stride are not whole numbers above 0 */
export function checkWindows(sizes: { window: number; stride: number }): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new TempocodeError('option', `${name} ${value} is not allowed; use a whole number above 0`)
  }
}

/** The error for a series without a whole window. */
export const noWindow = (window: number, longest: number): TempocodeError =>
  new TempocodeError('data', `no window: one needs ${window} rows, and the longest segment has ${longest}`)

/**
 * Sequences of at most `window` rows: a segment that is shorter is one sequence, of a longer one all windows are.
 * @throws TempocodeError `option` where window or stride are not whole numbers above 0, `data` where there is no row
 */
export function sequencesOf(segments: readonly Segment[], window: number, stride: number): Required<Windows> {
  const parts = segments.map((segment) => {
    const length = Math.min(window, segment.end - segment.start)
    const starts = windowStarts([segment], length, stride)
    return { starts, lengths: new Int32Array(starts.length).fill(length) }
  })
  const joined = (part: 'starts' | 'lengths') =>
    Int32Array.from(parts.flatMap((windows) => [...windows[part]]))
  return { starts: joined('starts'), lengths: joined('lengths') }
}

/** The windows in this order, which names them by their places. */
export const inOrder = ({ starts, lengths }: Windows, order: Int32Array): Windows => ({
  starts: order.map((i) => starts[i]),
  lengths: lengths && order.map((i) => lengths[i]),
})

/** Those from one place to another, or to the end. */
export const windowsBetween = ({ starts, lengths }: Windows, from: number, to: number): Windows => ({
  starts: starts.subarray(from, to),
  lengths: lengths?.subarray(from, to),
})

/** At most so many of them, evenly spaced. */
export function evenly(windows: Windows, most: number): Windows {
  const all = windows.starts.length
  const count = Math.min(all, most)
  return inOrder(
    windows,
    Int32Array.from({ length: count }, (_, i) => Math.floor((i * all) / count)),
  )
}

/**
 * Their rows, back to back, each window of `rows` rows; what a shorter one lacks is zeros.
 * @param values rows × columns
 */
export function layOut(
  values: Float32Array,
  { starts, lengths }: Windows,
  rows: number,
  columns: number,
): Float32Array {
  const laid = new Float32Array(starts.length * rows * columns)
  starts.forEach((start, w) => {
    const end = start + (lengths?.[w] ?? rows)
    laid.set(values.subarray(start * columns, end * columns), w * rows * columns)
  })
  return laid
}

/** Cut into batches, of which the last may be smaller. */
export const batchesOf = (windows: Windows, batchSize: number): Windows[] =>
  Array.from({ length: Math.ceil(windows.starts.length / batchSize) }, (_, i) =>
    windowsBetween(windows, i * batchSize, (i + 1) * batchSize),
  )
