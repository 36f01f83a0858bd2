import { type Place, TempocodeError } from '@tempocode/core'
import { groupsOf, type Segment } from './segments.js'
import type { Series, Time } from './series.js'

const POLICIES = ['error', 'interpolate', 'drop'] as const

/**
 * What to do about missing values:
 * - `error`: refuse them
 * - `interpolate`: a straight line between the neighbours in the same group, by time where rows have one, and the
 *   nearest value before the first and after the last
 * - `drop`: leave out rows with a missing value; no window spans such a gap
 */
export type MissingPolicy = (typeof POLICIES)[number]

/** @throws TempocodeError `option` where the policy is none of ours */
export function checkMissingPolicy(policy: string): void {
  if ((POLICIES as readonly string[]).includes(policy)) return
  throw new TempocodeError('option', `missing "${policy}" is unknown; use one of ${POLICIES.join(', ')}`)
}

/** The error for values that are missing and must not be. */
export function missingError(count: number, where: string, place: Place): TempocodeError {
  const missing = count === 1 ? '1 value is missing' : `${count} values are missing, the first`
  return new TempocodeError('data', `${missing} in ${where}; use missing "interpolate" or "drop"`, place)
}

/**
 * Gives a series without missing values, which are NaN in `series`: the same one where none is missing, else a copy.
 * @throws TempocodeError `data` where values are missing and may not be, or are infinite, or where nothing is left
 */
export function resolveMissing(series: Series, policy: MissingPolicy): Series {
  checkMissingPolicy(policy)
  const { values, columns } = series
  let first = -1
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    if (!Number.isNaN(values[i])) {
      const { where, place } = placeOf(i, columns)
      throw new TempocodeError(
        'data',
        `${values[i]} in ${where}; values must be finite 32-bit numbers`,
        place,
      )
    }
    if (missing++ === 0) first = i
  }
  if (missing === 0) return series
  if (policy === 'error') {
    const { where, place } = placeOf(first, columns)
    throw missingError(missing, where, place)
  }
  return policy === 'drop' ? drop(series) : interpolate(series)
}

function placeOf(index: number, columns: readonly string[]): { where: string; place: Place } {
  const row = Math.floor(index / columns.length) + 1
  const column = columns[index % columns.length]
  return { where: `row ${row}, column "${column}"`, place: { row, column } }
}

function interpolate(original: Series): Series {
  const series = { ...original, values: original.values.slice() }
  for (const group of groupsOf(series.segments)) {
    for (let column = 0; column < series.columns.length; column++) {
      fillColumn(series, { ...group[0], end: group[group.length - 1].end }, column)
    }
  }
  return series
}

function fillColumn({ values, columns, time }: Series, { start, end, name }: Segment, column: number): void {
  const at = (row: number) => row * columns.length + column
  const elapsed = (from: number, to: number) =>
    time?.kind === 'timestamp'
      ? Number(time.values[to] - time.values[from])
      : time === undefined
        ? to - from
        : time.values[to] - time.values[from]
  let before = -1
  for (let after = start; after <= end; after++) {
    if (after < end && Number.isNaN(values[at(after)])) continue
    if (before < 0 && after === end) {
      const group = name === undefined ? '' : ` in group "${name}"`
      const message = `column "${columns[column]}" has no value at all${group}, so none can be interpolated`
      throw new TempocodeError('data', message, { column: columns[column] })
    }
    for (let row = before < 0 ? start : before + 1; row < after; row++) {
      if (before < 0) values[at(row)] = values[at(after)]
      else if (after === end) values[at(row)] = values[at(before)]
      else {
        const whole = elapsed(before, after)
        // rows of the same time are spread evenly
        const part = whole > 0 ? elapsed(before, row) / whole : (row - before) / (after - before)
        values[at(row)] = values[at(before)] + (values[at(after)] - values[at(before)]) * part
      }
    }
    before = after
  }
}

function drop(series: Series): Series {
  const { columns } = series
  const values = series.values.slice()
  const time = series.time && ({ ...series.time, values: series.time.values.slice() } as Time)
  const width = columns.length
  const segments: Segment[] = []
  let kept = 0
  for (const { start, end, name } of series.segments) {
    let open: Segment | undefined
    for (let row = start; row < end; row++) {
      if (values.subarray(row * width, (row + 1) * width).some(Number.isNaN)) {
        open = undefined
        continue
      }
      if (open === undefined) {
        open = { start: kept, end: kept, ...(name !== undefined && { name }) }
        segments.push(open)
      }
      values.copyWithin(kept * width, row * width, (row + 1) * width)
      if (time !== undefined) time.values[kept] = time.values[row]
      open.end = ++kept
    }
  }
  if (kept === 0)
    throw new TempocodeError('data', `each of the ${series.rows} rows has a missing value; none is left`)
  return {
    ...series,
    rows: kept,
    values: values.subarray(0, kept * width),
    time: time && ({ ...time, values: time.values.subarray(0, kept) } as Time),
    segments,
  }
}
