import { resolve } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type CsvDialect, csvDialect } from './csv-dialect.js'
import { duckdbError, quotePath, quoteText } from './duckdb.js'
import type { Source, SourceColumn } from './source.js'

/** What stands for a missing value in text files, beside NaN. */
const MISSING = ['', 'NA', 'N/A', 'null', 'NULL', 'None']

/**
 * Opens a text file of rows. First all fields are read as text: this finds rows that are too short or too long,
 * quotes left open, and text that is not UTF-8. Only then are types found, from all rows.
 * @throws TempocodeError `file` or `data`, with the line
 */
export async function csvSource(connection: DuckDBConnection, path: string): Promise<Source> {
  const dialect = await csvDialect(path)
  const read = (columns: readonly SourceColumn[], more = '') => relationOf(path, dialect, columns, more)
  try {
    const texts = dialect.columns.map((name) => ({ name, type: 'VARCHAR' }))
    await connection.run(`SELECT count(COLUMNS(*)) FROM ${read(texts)}`)
    const { columns, formats } = await sniff(connection, path, dialect)
    return {
      name: path,
      file: path,
      relation: read(columns, formats),
      columns,
      asNumbers: (column) =>
        read(
          texts.map((text) => (text.name === column ? { ...text, type: 'DOUBLE' } : text)),
          '',
        ),
    }
  } catch (cause) {
    throw duckdbError(cause, path, { file: path })
  }
}

async function sniff(connection: DuckDBConnection, path: string, dialect: CsvDialect) {
  const rows = await connection.runAndReadAll(
    `SELECT [column.type FOR column IN Columns], DateFormat, TimestampFormat
     FROM sniff_csv(${quotePath(resolve(path))}, sample_size=-1, ${layoutOf(dialect)})`,
  )
  const [types, dateFormat, timestampFormat] = rows.getRowsJson()[0] as [string[], string | null, string | null]
  const formats = [
    dateFormat === null ? '' : `, dateformat=${quoteText(dateFormat)}`,
    timestampFormat === null ? '' : `, timestampformat=${quoteText(timestampFormat)}`,
  ]
  return { columns: dialect.columns.map((name, index) => ({ name, type: types[index] })), formats: formats.join('') }
}

function relationOf(path: string, dialect: CsvDialect, columns: readonly SourceColumn[], more: string): string {
  const types = columns.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`)
  const file = quotePath(resolve(path))
  return `read_csv(${file}, auto_detect=false, columns={${types.join(', ')}}, ${layoutOf(dialect)}${more})`
}

function layoutOf({ delimiter, header, decimalComma }: CsvDialect): string {
  const missing = MISSING.map(quoteText).join(', ')
  return (
    `delim=${quoteText(delimiter)}, header=${header}, quote='"', escape='"', comment='', skip=0, ` +
    `strict_mode=true, null_padding=false, ignore_errors=false, nullstr=[${missing}]` +
    `${decimalComma ? ", decimal_separator=','" : ''}`
  )
}
