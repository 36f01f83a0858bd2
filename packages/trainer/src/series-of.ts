import { TempocodeError } from '@tempocode/core'
import { type MissingPolicy, resolveMissing } from './missing.js'
import type { Series, Time } from './series.js'

export interface SeriesOptions {
  /** The columns' names. */
  columns: string[]
  time?: Time
  /** What to do about NaN, which stands for a missing value. Default: `error`. */
  missing?: MissingPolicy
}

/**
 * Makes a series of plain arrays.
 * @param rows one array of numbers for each row, or all values row by row; a Float32Array is kept, not copied
 * @throws TempocodeError `data` where rows differ in length, values are missing or infinite, or time runs backwards
 */
export function seriesOf(
  rows: readonly (readonly number[])[] | Float32Array,
  options: SeriesOptions,
): Series {
  const { columns, time, missing = 'error' } = options
  if (columns.length === 0 || new Set(columns).size !== columns.length) {
    throw new TempocodeError(
      'data',
      `columns [${columns.join(', ')}] are not allowed; use one or more different names`,
    )
  }
  const values = rows instanceof Float32Array ? checkLength(rows, columns) : flatten(rows, columns)
  const count = values.length / columns.length
  if (count === 0) throw new TempocodeError('data', 'the series has no rows')
  if (time !== undefined) checkTime(time, count)
  return resolveMissing({ columns, rows: count, values, time, segments: [{ start: 0, end: count }] }, missing)
}

function checkLength(values: Float32Array, columns: readonly string[]): Float32Array {
  if (values.length % columns.length === 0) return values
  throw new TempocodeError(
    'data',
    `${values.length} values do not make whole rows of ${columns.length} columns`,
  )
}

function flatten(rows: readonly (readonly number[])[], columns: readonly string[]): Float32Array {
  const values = new Float32Array(rows.length * columns.length)
  for (const [index, row] of rows.entries()) {
    if (row.length !== columns.length) {
      const message = `row ${index + 1} has ${row.length} values where there are ${columns.length} columns`
      throw new TempocodeError('data', message, { row: index + 1 })
    }
    values.set(row, index * columns.length)
  }
  return values
}

function checkTime({ name, values }: Time, rows: number): void {
  if (values.length !== rows) {
    throw new TempocodeError('data', `time "${name}" has ${values.length} values for ${rows} rows`)
  }
  for (let row = 0; row < rows; row++) {
    // NaN compares false with everything, so it is refused as well
    if (values[row] >= values[Math.max(0, row - 1)]) continue
    const message = `time "${name}" is ${values[row]} in row ${row + 1}; times must be numbers that never fall`
    throw new TempocodeError('data', message, { row: row + 1, column: name })
  }
}
