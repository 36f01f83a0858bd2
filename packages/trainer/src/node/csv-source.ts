import { resolve } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { type CsvDialect, csvDialect } from './csv-dialect.js'
import { duckdbError, quoteName, quotePath, quoteText } from './duckdb.js'
import type { Source, SourceColumn } from './source.js'

/** What stands for a missing value in text files, beside NaN. */
export const MISSING = ['', 'NA', 'N/A', 'null', 'NULL', 'None']

/**
 * Opens a text file of rows. First all fields are read as text: this finds rows that are too short or too long,
 * quotes left open, and text that is not UTF-8. Only then are types found, from all rows.
 * @throws TempocodeError `file` or `data`, with the line
 */
export async function csvSource(connection: DuckDBConnection, path: string): Promise<Source> {
  const dialect = await csvDialect(path)
  const texts = dialect.columns.map((name) => ({ name, type: 'VARCHAR' }))
  const read = (columns: readonly SourceColumn[], formats = '') => relationOf(path, dialect, columns, formats)
  try {
    const counted = await connection.runAndReadAll(`SELECT count(*), count(COLUMNS(*)) FROM ${read(texts)}`)
    if (counted.getRows()[0][0] === 0n)
      throw new TempocodeError('data', `${path} has no rows`, { file: path })
    const { columns, formats } = await sniff(connection, path, dialect)
    const asNumbers = (column: string) =>
      read(texts.map((text) => (text.name === column ? { ...text, type: 'DOUBLE' } : text)))
    const typed = await findNumbers(connection, columns, read(columns, formats))
    return { name: path, file: path, relation: read(typed, formats), columns: typed, asNumbers }
  } catch (cause) {
    if (cause instanceof TempocodeError) throw cause
    throw duckdbError(cause, path, { file: path })
  }
}

/** Text columns with nothing but numbers (after spaces, which stop DuckDB) become numbers; others are marked. */
async function findNumbers(connection: DuckDBConnection, columns: readonly SourceColumn[], relation: string) {
  const texts = columns.filter(({ type }) => type === 'VARCHAR').map(({ name }) => name)
  if (texts.length === 0) return [...columns]
  const counts = texts
    .map(quoteName)
    .map(
      (text) =>
        `count(${text}), count(TRY_CAST(${text} AS DOUBLE)), count(TRY_CAST(replace(${text}, ',', '.') AS DOUBLE))`,
    )
  const found = await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM ${relation}`)
  const numbers = found.getRows()[0].map(Number)
  return columns.map((column): SourceColumn => {
    const index = texts.indexOf(column.name)
    if (index < 0) return column
    const [all, plain, withCommas] = numbers.slice(3 * index, 3 * index + 3)
    return all > 0 && plain === all
      ? { ...column, type: 'DOUBLE' }
      : { ...column, mixed: 2 * withCommas > all }
  })
}

async function sniff(connection: DuckDBConnection, path: string, dialect: CsvDialect) {
  const rows = await connection.runAndReadAll(
    `SELECT [c.type FOR c IN Columns], DateFormat, TimestampFormat
     FROM sniff_csv(${quotePath(resolve(path))}, sample_size=-1, ${layoutOf(path, dialect)})`,
  )
  const [types, dateFormat, timestampFormat] = rows.getRowsJson()[0] as [
    string[],
    string | null,
    string | null,
  ]
  const formats = [
    dateFormat === null ? '' : `, dateformat=${quoteText(dateFormat)}`,
    timestampFormat === null ? '' : `, timestampformat=${quoteText(timestampFormat)}`,
  ]
  return {
    columns: dialect.columns.map((name, index) => ({ name, type: types[index] })),
    formats: formats.join(''),
  }
}

function relationOf(
  path: string,
  dialect: CsvDialect,
  columns: readonly SourceColumn[],
  more: string,
): string {
  const types = columns.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`)
  const file = quotePath(resolve(path))
  return `read_csv(${file}, auto_detect=false, columns={${types.join(', ')}}, ${layoutOf(path, dialect)}${more})`
}

function layoutOf(path: string, { delimiter, header, decimalComma }: CsvDialect): string {
  // DuckDB finds the compression by itself, but not of a path that it takes for a pattern
  const compression = path.toLowerCase().endsWith('.gz') ? 'gzip' : 'none'
  const missing = MISSING.map(quoteText).join(', ')
  return (
    `compression=${compression}, delim=${quoteText(delimiter)}, header=${header}, quote='"', escape='"', comment='', skip=0, ` +
    `strict_mode=true, null_padding=false, ignore_errors=false, nullstr=[${missing}]` +
    `${decimalComma ? ", decimal_separator=','" : ''}`
  )
}
