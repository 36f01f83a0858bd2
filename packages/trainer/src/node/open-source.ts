import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { csvSource } from './csv-source.js'
import { duckdbError, quotePath } from './duckdb.js'
import type { Source, SourceColumn } from './source.js'

const CSV = /\.(csv|tsv|txt)(\.gz)?$/i
const PARQUET = /\.parquet$/i
const JSON_LINES = /\.(json|jsonl)$/i
const QUERY = /^\s*(select|from|with)\s/i

/**
 * Opens a path or a query. A text that starts with SELECT, FROM or WITH is a query, unless it ends as files do.
 * @throws TempocodeError `file` where the file is missing, empty or of a kind that cannot be read, `data` where a row
 *   or the query is malformed
 */
export async function openSource(connection: DuckDBConnection, source: string): Promise<Source> {
  const isFile = [CSV, PARQUET, JSON_LINES].some((ending) => ending.test(source))
  if (!isFile && QUERY.test(source)) return querySource(connection, source)
  await checkFile(source, isFile)
  if (CSV.test(source)) return csvSource(connection, source)
  const reader = PARQUET.test(source) ? 'read_parquet' : 'read_json'
  const relation = `${reader}(${quotePath(resolve(source))})`
  try {
    const columns = await columnsOf(connection, relation)
    return { name: source, file: source, relation, columns }
  } catch (cause) {
    const { message, place } = duckdbError(cause, source, { file: source })
    throw new TempocodeError('file', message, place, { cause })
  }
}

/** Runs the query once, into a table: it is read more than once, and need not give the same rows each time. */
async function querySource(connection: DuckDBConnection, query: string): Promise<Source> {
  const table = 'tempocode_rows'
  try {
    // line breaks, so that a comment at the query's end does not swallow the bracket
    await connection.run(`CREATE TEMP TABLE ${table} AS FROM (\n${query.replace(/;\s*$/, '')}\n)`)
    return { name: 'the query', relation: table, columns: await columnsOf(connection, table) }
  } catch (cause) {
    throw duckdbError(cause, 'the query', {})
  }
}

async function columnsOf(connection: DuckDBConnection, relation: string): Promise<SourceColumn[]> {
  const rows = await connection.runAndReadAll(`DESCRIBE FROM ${relation}`)
  return rows.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }))
}

async function checkFile(path: string, known: boolean): Promise<void> {
  const refuse = (reason: string) => new TempocodeError('file', `${path} ${reason}`, { file: path })
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw refuse('does not exist')
  if (found.isDirectory()) throw refuse('is a directory; a file is needed')
  if (!known) {
    throw refuse(
      'is of an unknown kind; use .csv, .tsv, .txt (also with .gz), .parquet, .json, .jsonl or a query',
    )
  }
  if (found.size === 0) throw refuse('is empty')
}
