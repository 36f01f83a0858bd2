import { TempocodeError } from '@tempocode/core'
import { countRows, groupsOf, type Segment } from './segments.js'

export interface Split {
  train: Segment[]
  validation: Segment[]
}

/**
 * Splits rows in time, before windows are made, so that no row is in a window of both parts: of each group the last
 * `validationSplit` of its rows, rounded to whole rows, are validation. The segments are those of the same series.
 * @param validationSplit a part of the rows, from 0 (no validation) to below 1
 * @param window rows in a window; each part must hold at least one
 * @throws TempocodeError `option` where `validationSplit` is out of range, `data` where a part holds no window
 */
export function splitSegments(segments: readonly Segment[], validationSplit: number, window: number): Split {
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new TempocodeError('option', `validationSplit ${validationSplit} is not allowed; use 0 to below 1`)
  }
  const split: Split = { train: [], validation: [] }
  for (const group of groupsOf(segments)) {
    const rows = countRows(group)
    let left = rows - Math.round(rows * validationSplit)
    for (const segment of group) {
      const cut = Math.min(segment.end, segment.start + left)
      if (cut > segment.start) split.train.push({ ...segment, end: cut })
      if (cut < segment.end) split.validation.push({ ...segment, start: cut })
      left -= cut - segment.start
    }
  }
  checkPart('training', split.train, window)
  if (validationSplit > 0) checkPart('validation', split.validation, window)
  return split
}

function checkPart(part: string, segments: readonly Segment[], window: number): void {
  const longest = segments.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  if (longest >= window) return
  const rows = countRows(segments)
  const run = segments.length > 1 ? `, ${longest} in the longest run without a gap` : ''
  throw new TempocodeError('data', `${part} has ${rows} rows${run}; one window needs ${window}`)
}
