import { tmpdir } from 'node:os'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type Place, TempocodeError } from '@tempocode/core'

/** Runs work on a database of its own, in memory, and closes it whatever happens. */
export async function withDuckDB<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { connection, close } = await openDuckDB()
  try {
    return await work(connection)
  } finally {
    close()
  }
}

export async function openDuckDB(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  // only what does not fit into memory goes to the temporary directory, which would else be the working directory
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: tmpdir() })
  const connection = await instance.connect()
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  return { connection, close }
}

/** Names for a message, where there may be thousands of them. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => name.slice(0, 80))
  return first.join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '')
}

/** A name (of a column) in SQL. */
export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A text in SQL. */
export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`

/** A path for DuckDB's readers, which take `*`, `?` and `[` for patterns. */
export const quotePath = (path: string) => quoteText(path.replace(/[*?[]/g, '[$&]'))

/** DuckDB's message of many lines as an error of one, with the line of the file and the column where it names them. */
export function duckdbError(cause: unknown, source: string, place: Place): TempocodeError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const line = match(message, /CSV Error on Line: (\d+)/)
  const column = match(message, /Error when converting column "(.*?)"\./)
  const where = line === undefined ? source : `${source}, line ${line}`
  const found = {
    ...place,
    ...(line !== undefined && { line: Number(line) }),
    ...(column !== undefined && { column }),
  }
  const code = /^IO Error|not utf-8 encoded/.test(message) ? 'file' : 'data'
  return new TempocodeError(code, `${where}: ${reasonOf(message)}`, found, { cause })
}

function reasonOf(message: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message)
  if (counts !== null)
    return `${counts[2]} ${counts[2] === '1' ? 'value' : 'values'} where the first line has ${counts[1]}`
  const value = /Error when converting column "(.*?)"\. Could not convert string "(.*?)" to/s.exec(message)
  if (value !== null) return `"${value[2].slice(0, 80)}" in column "${value[1]}" is not a number`
  if (/unterminated quote/.test(message)) return 'a quote is opened and not closed'
  if (/not utf-8 encoded/.test(message)) return 'not UTF-8 text'
  if (/invalid state/.test(message))
    return 'not a regular CSV file: line ends are mixed, or quotes are out of place'
  const text = message.replace(/^[A-Za-z ]*Error: /, '').split('\n\n')[0]
  return text.replace(/\s+/g, ' ').trim()
}

const match = (text: string, pattern: RegExp) => pattern.exec(text)?.[1]
