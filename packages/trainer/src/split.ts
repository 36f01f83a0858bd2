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
  checkRange(validationSplit)
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

/**
 * Splits sequences: the last `validationSplit` of the groups, rounded to whole groups, are validation; so no sequence
 * is cut.
 * @throws TempocodeError `option` where `validationSplit` is out of range, `data` where a part holds no group
 */
export function splitGroups(segments: readonly Segment[], validationSplit: number): Split {
  checkRange(validationSplit)
  const groups = groupsOf(segments)
  const cut = groups.length - Math.round(groups.length * validationSplit)
  const split = { train: groups.slice(0, cut).flat(), validation: groups.slice(cut).flat() }
  if (cut === 0 || (validationSplit > 0 && cut === groups.length)) {
    const message = `validationSplit ${validationSplit} of ${groups.length} sequences leaves none for a part`
    throw new TempocodeError('data', `${message}; use more sequences (groups), or another part`)
  }
  return split
}

function checkRange(validationSplit: number): void {
  if (validationSplit >= 0 && validationSplit < 1) return
  throw new TempocodeError('option', `validationSplit ${validationSplit} is not allowed; use 0 to below 1`)
}

function checkPart(part: string, segments: readonly Segment[], window: number): void {
  const longest = segments.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  if (longest >= window) return
  const rows = countRows(segments)
  const run = segments.length > 1 ? `, ${longest} in the longest run without a gap` : ''
  throw new TempocodeError('data', `${part} has ${rows} rows${run}; one window needs ${window}`)
}
