import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import type { Time } from '../series.js'
import { duckdbError, listed, quoteName } from './duckdb.js'
import { firstRow, whereIs } from './first-row.js'
import type { Source, SourceColumn } from './source.js'

/** The columns of a source that make the series. */
export interface Selection {
  columns: string[]
  /** `sql` gives microseconds for time stamps, else a double. */
  time?: { name: string; kind: Time['kind']; sql: string }
  groupBy?: string
}

const isNumber = ({ type }: SourceColumn) =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|FLOAT$|DOUBLE$|DECIMAL|BOOLEAN$)/.test(type)
const isTime = ({ type }: SourceColumn) => /^(DATE$|TIMESTAMP)/.test(type)
const isText = ({ type }: SourceColumn) => type === 'VARCHAR'

/**
 * Finds the columns asked for, or those that are meant where none are named.
 * @throws TempocodeError `data` where a column is unknown or holds no numbers, or the time column no times
 */
export async function chooseColumns(
  connection: DuckDBConnection,
  source: Source,
  options: { time?: string; columns?: readonly string[]; groupBy?: string },
): Promise<Selection> {
  const groupBy = options.groupBy === undefined ? undefined : findColumn(source, options.groupBy).name
  const times = source.columns.filter((column) => isTime(column) && column.name !== groupBy)
  const time =
    options.time !== undefined ? findColumn(source, options.time) : times.length === 1 ? times[0] : undefined
  const others = source.columns.filter(({ name }) => name !== groupBy && name !== time?.name)
  // Mixed ones are refused below: leaving a column out without a word, for one stray text in it, would train on other
  // data than was meant.
  const columns =
    options.columns?.map((name) => findColumn(source, name)) ??
    others.filter((column) => isNumber(column) || column.mixed)
  if (columns.length === 0) {
    const kinds = listed(source.columns.map(({ name, type }) => `${name} (${type})`))
    throw new TempocodeError('data', `${source.name} has no column of numbers to read; it has ${kinds}`, {
      file: source.file,
    })
  }
  const twice = columns.find((column, index) => columns.indexOf(column) < index)
  if (twice !== undefined) throw new TempocodeError('option', `column "${twice.name}" is asked for twice`)
  const unusable = columns.find((column) => !isNumber(column))
  if (unusable !== undefined) throw await notNumbers(connection, source, unusable)
  return {
    columns: columns.map(({ name }) => name),
    time: time && (await timeOf(connection, source, time)),
    groupBy,
  }
}

function findColumn(source: Source, name: string): SourceColumn {
  const found = source.columns.find((column) => column.name === name)
  if (found !== undefined) return found
  const names = source.columns.map((column) => column.name)
  throw new TempocodeError('data', `${source.name} has no column "${name}"; it has ${listed(names)}`, {
    file: source.file,
    column: name,
  })
}

/** The error for a column that holds something else than numbers, with the first place where it does. */
async function notNumbers(
  connection: DuckDBConnection,
  source: Source,
  column: SourceColumn,
): Promise<TempocodeError> {
  const numbers = source.columns.filter(isNumber).map(({ name }) => name)
  const hint =
    numbers.length === 0
      ? 'there are no columns of numbers'
      : `columns of numbers are ${listed(numbers)}; a missing value is an empty field`
  if (isText(column) && source.asNumbers !== undefined) {
    try {
      await connection.run(`SELECT count(${quoteName(column.name)}) FROM ${source.asNumbers(column.name)}`)
    } catch (cause) {
      const { message, place } = duckdbError(cause, source.name, { file: source.file })
      return new TempocodeError('data', `${message}; ${hint}`, place, { cause })
    }
  }
  const notNull = `${quoteName(column.name)} IS NOT NULL`
  const wrong = isText(column)
    ? `${notNull} AND TRY_CAST(${quoteName(column.name)} AS DOUBLE) IS NULL`
    : notNull
  const found =
    (await firstRow(connection, source, column.name, wrong)) ??
    (await firstRow(connection, source, column.name, notNull))
  const example =
    found === undefined ? 'has no values' : `is ${column.type}, with "${found.value}" in row ${found.row}`
  const message = `column "${column.name}" of ${source.name} ${example}; ${hint}`
  return new TempocodeError('data', message, { file: source.file, row: found?.row, column: column.name })
}

async function timeOf(
  connection: DuckDBConnection,
  source: Source,
  column: SourceColumn,
): Promise<Selection['time']> {
  const name = quoteName(column.name)
  if (isNumber(column)) return { name: column.name, kind: 'number', sql: `CAST(${name} AS DOUBLE)` }
  if (isTime(column)) return { name: column.name, kind: 'timestamp', sql: `epoch_us(${name})` }
  const bad = isText(column)
    ? `${name} IS NOT NULL AND TRY_CAST(${name} AS TIMESTAMP) IS NULL`
    : `${name} IS NOT NULL`
  const found = await firstRow(connection, source, column.name, bad)
  if (found === undefined)
    return { name: column.name, kind: 'timestamp', sql: `epoch_us(CAST(${name} AS TIMESTAMP))` }
  const message = `"${found.value}" in ${whereIs(source, found)} is not a time; use time stamps such as 2010-01-31 23:59:00, or numbers`
  throw new TempocodeError('data', message, { file: source.file, row: found.row, column: column.name })
}
