import { type Place, TempocodeError } from '@tempocode/core'
import { kindOf, listOf } from './options.js'

/** Raw windows: back to back in one Float32Array, as rows, or as windows of rows. */
export type Rows = Float32Array | number[][] | number[][][]

/**
 * Lays rows out as windows back to back. A Float32Array is given back as it is.
 * @throws TempocodeError `data` naming what was received, what is allowed and where
 */
export function flattenRows(rows: Rows, window: number, columns: readonly string[]): Float32Array {
  if (rows instanceof Float32Array) return wholeWindows(rows, window, columns)
  checkRows(rows)
  return layOut(rows, { shortest: window, window, columns }).values
}

/** @throws TempocodeError `data` unless the values are one or more whole windows */
export function wholeWindows(values: Float32Array, window: number, columns: readonly string[]): Float32Array {
  if (values.length > 0 && values.length % (window * columns.length) === 0) return values
  return fail(
    `rows have ${values.length} numbers; they must be windows of ${window} rows of ${list(columns)}`,
  )
}

/** @throws TempocodeError `data` unless rows are an array */
export function checkRows(rows: unknown): asserts rows is unknown[] {
  if (Array.isArray(rows)) return
  fail(`rows are ${kindOf(rows)}; use a Float32Array, number[][] (rows) or number[][][] (windows)`)
}

interface Layout {
  /** Rows in the shortest window allowed, and in a full one, which shorter ones are padded to by zeros. */
  shortest: number
  window: number
  columns: readonly string[]
}

/** Sequences as windows back to back: their rows first, then padding. */
export interface Sequences {
  values: Float32Array
  /** How many rows of each window count. */
  lengths: Int32Array
}

/**
 * Lays out windows of rows; or rows, as windows of full length or, where there are fewer, as one shorter window.
 * @throws TempocodeError `data` naming what was received, what is allowed and where
 */
export function layOut(rows: number[][] | number[][][], { shortest, window, columns }: Layout): Sequences {
  const nested = isNested(rows)
  const isOne = rows.length >= shortest && rows.length < window
  const windows = nested ? rows : isOne ? [rows] : split(rows, window)
  const values = new Float32Array(windows.length * window * columns.length)
  const allowed = shortest === window ? `${window}` : `${shortest} to ${window}`
  windows.forEach((lines, w) => {
    if (!Array.isArray(lines) || lines.length < shortest || lines.length > window) {
      fail(`window ${w + 1} has ${Array.isArray(lines) ? lines.length : 'no'} rows; it must have ${allowed}`)
    }
    lines.forEach((line, r) => {
      const row = nested ? r + 1 : w * window + r + 1
      values.set(
        checkRow(line, columns, row, nested ? `window ${w + 1}, ` : ''),
        (w * window + r) * columns.length,
      )
    })
  })
  return { values, lengths: Int32Array.from(windows, ({ length }) => length) }
}

/** Whether rows come as windows of rows. */
const isNested = (rows: number[][] | number[][][]): rows is number[][][] =>
  Array.isArray(rows[0]) && Array.isArray(rows[0][0])

/** @throws TempocodeError `data` unless the rows are one or more whole windows */
function split(rows: number[][], window: number): number[][][] {
  if (rows.length === 0 || rows.length % window !== 0) {
    fail(`there are ${rows.length} rows; they must be windows of ${window} rows`)
  }
  return Array.from({ length: rows.length / window }, (_, w) => rows.slice(w * window, (w + 1) * window))
}

function checkRow(line: unknown, columns: readonly string[], row: number, within: string): number[] {
  const where = `${within}row ${row}`
  if (!Array.isArray(line)) return fail(`${where} is ${kindOf(line)}; use a number[]`, { row })
  if (line.length !== columns.length)
    fail(`${where} has ${line.length} numbers; it must have ${list(columns)}`, { row })
  columns.forEach((column, c) => {
    if (typeof line[c] === 'number') return
    const message = `${where}, column "${column}" is ${kindOf(line[c])}; use a number (NaN for a gap)`
    fail(message, { row, column })
  })
  return line
}

/**
 * Checks a series: whole rows, and enough of them.
 * @param least rows at least, those of a window
 * @returns the number of its rows
 * @throws TempocodeError `data`
 */
export function countRows(values: Float32Array, least: number, columns: readonly string[]): number {
  if (!(values instanceof Float32Array)) fail(`values are ${kindOf(values)}; use a Float32Array`)
  const rows = values.length / columns.length
  if (!Number.isInteger(rows)) {
    fail(`values have ${values.length} numbers; they must be rows of ${list(columns)}`)
  }
  if (rows < least) fail(`values have ${rows} rows; a window takes ${least}`)
  return rows
}

/** `2 columns (pressure, flow)` */
const list = (columns: readonly string[]) => `${columns.length} columns (${listOf(columns)})`

function fail(message: string, place?: Place): never {
  throw new TempocodeError('data', message, place)
}
