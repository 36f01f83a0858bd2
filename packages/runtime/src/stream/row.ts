import { TempocodeError } from '@tempocode/core'
import { kindOf } from '../options.js'

/** A raw row: a number for each column. Of several streams at once, their rows back to back, or as a list. */
export type Row = Float32Array | readonly number[] | readonly (readonly number[])[]

/**
 * Writes a row's numbers into memory; NaN stands for a gap.
 * @throws TempocodeError `data` where there are not as many numbers as columns, or something else than numbers
 */
export function writeRow(row: Row, columns: readonly string[], into: Float32Array): void {
  if (row instanceof Float32Array) {
    if (row.length !== into.length) throw wrong(`has ${row.length} numbers`, columns, into)
    into.set(row)
    return
  }
  if (!Array.isArray(row)) throw wrong(`is ${kindOf(row)}`, columns, into)
  const numbers: unknown[] = Array.isArray(row[0]) ? row.flat() : row
  if (numbers.length !== into.length) throw wrong(`has ${numbers.length} numbers`, columns, into)
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]
    if (typeof number !== 'number') {
      const column = columns[i % columns.length]
      const message = `the row's column "${column}" is ${kindOf(number)}; use a number (NaN for a gap)`
      throw new TempocodeError('data', message, { column })
    }
    into[i] = number
  }
}

function wrong(what: string, columns: readonly string[], { length }: Float32Array): TempocodeError {
  const streams = length / columns.length
  const allowed = `${streams > 1 ? `${streams} rows of ` : ''}${columns.length} columns (${columns.join(', ')})`
  return new TempocodeError('data', `the row ${what}; it must have ${allowed}`)
}
