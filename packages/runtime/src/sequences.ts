import { TempocodeError } from '@tempocode/core'
import { checkRows, layOut, type Rows, type Sequences, wholeWindows } from './windows.js'

/** How many rows of each window count, from 1 on; the others are padding. */
export type Lengths = Int32Array | readonly number[]

/**
 * Lays sequences of 1 to `window` rows out as windows. Nested rows are padded with zeros; a Float32Array, which has its
 * padding, is kept as it is.
 * @throws TempocodeError `data` naming what was received, what is allowed and where
 */
export function padRows(
  rows: Rows,
  lengths: Lengths | undefined,
  window: number,
  columns: readonly string[],
): Sequences {
  if (rows instanceof Float32Array) {
    const values = wholeWindows(rows, window, columns)
    return { values, lengths: checkLengths(lengths, values.length / (window * columns.length), window) }
  }
  checkRows(rows)
  if (lengths !== undefined) fail('lengths are for a Float32Array; the lengths of nested rows are their own')
  return layOut(rows, { shortest: 1, window, columns })
}

function checkLengths(lengths: Lengths | undefined, windows: number, window: number): Int32Array {
  const wanted = `give one for each of the ${windows} windows, from 1 to ${window} rows`
  if (lengths === undefined) return fail(`lengths are missing, and this encoder has masking; ${wanted}`)
  if (lengths.length !== windows) return fail(`there are ${lengths.length} lengths; ${wanted}`)
  return Int32Array.from(lengths, (length, w) => {
    if (Number.isInteger(length) && length >= 1 && length <= window) return length
    return fail(`the length of window ${w + 1} is ${length}; it must be 1 to ${window} rows`)
  })
}

function fail(message: string): never {
  throw new TempocodeError('data', message)
}
