import { TempocodeError } from '@tempocode/core'
import type { Segment } from './segments.js'

/**
 * The first rows of all windows, in order. A window is the rows [start, start + window) of one segment; segments
 * shorter than a window have none.
 * @param window rows in a window
 * @param stride rows between the starts of two windows
 * @throws TempocodeError `option` where window or stride are not whole numbers above 0, `data` where there is no window
 */
export function windowStarts(segments: readonly Segment[], window: number, stride: number): Int32Array {
  for (const [name, value] of Object.entries({ window, stride })) {
    if (Number.isSafeInteger(value) && value > 0) continue
    throw new TempocodeError('option', `${name} ${value} is not allowed; use a whole number above 0`)
  }
  const windowsIn = ({ start, end }: Segment) => Math.max(0, Math.floor((end - start - window) / stride) + 1)
  const starts = new Int32Array(segments.reduce((sum, segment) => sum + windowsIn(segment), 0))
  if (starts.length === 0) {
    const longest = segments.reduce((most, { start, end }) => Math.max(most, end - start), 0)
    throw new TempocodeError(
      'data',
      `no window: one needs ${window} rows, and the longest segment has ${longest}`,
    )
  }
  let next = 0
  for (const segment of segments) {
    for (let start = segment.start; start + window <= segment.end; start += stride) starts[next++] = start
  }
  return starts
}
