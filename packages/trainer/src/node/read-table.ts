import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { chooseColumns } from './choose-columns.js'
import { duckdbError, quoteName, withDuckDB } from './duckdb.js'
import { openSource } from './open-source.js'
import type { Source, SourceColumn } from './source.js'
import type { KeyColumn, KeyValues } from './table.js'

/** A table in memory: key columns, which tell what a row is of, and columns of 32-bit floats. */
export interface TableRows {
  keys: KeyColumn[]
  /** Of each key column. */
  keyValues: KeyValues[]
  /** rows × value columns, a row's values side by side. */
  values: Float32Array
  rows: number
}

/**
 * Reads a table such as `openTable` writes: the columns that are named, and all others as keys, in their order. Whole
 * numbers that do not fit into 32 bits, and columns where something is missing, become text.
 * @param source a file or a query, as for `readSeries`
 * @param names the value columns
 * @throws TempocodeError `file` where the file cannot be read, `data` where a value column is missing or holds anything
 *   but finite numbers
 */
export async function readTable(source: string, names: readonly string[]): Promise<TableRows> {
  return withDuckDB(async (connection) => {
    const opened = await openSource(connection, source)
    const { columns } = await chooseColumns(connection, opened, { columns: names })
    const others = opened.columns.filter(({ name }) => !columns.includes(name))
    try {
      const { rows, kinds } = await kindsOf(connection, opened, others)
      const keys = others.map(({ name }, i): KeyColumn => ({ name, kind: kinds[i] }))
      return await fetchTable(connection, opened, keys, columns, rows)
    } catch (cause) {
      if (cause instanceof TempocodeError) throw cause
      throw duckdbError(cause, opened.name, { file: opened.file })
    }
  })
}

const WHOLE = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/
const NUMBER = /^(FLOAT|DOUBLE|DECIMAL)/
const TIME = /^(DATE$|TIMESTAMP)/

async function kindsOf(connection: DuckDBConnection, source: Source, columns: readonly SourceColumn[]) {
  const counts = columns.map(({ name, type }) => {
    const bad = WHOLE.test(type) ? ` OR abs(CAST(${quoteName(name)} AS DOUBLE)) >= 2147483648` : ''
    return `count(*) FILTER (${quoteName(name)} IS NULL${bad})`
  })
  const found = await connection.runAndReadAll(
    `SELECT ${['count(*)', ...counts].join(', ')} FROM ${source.relation}`,
  )
  const [rows, ...unfit] = found.getRows()[0].map(Number)
  if (rows === 0) throw new TempocodeError('data', `${source.name} has no rows`, { file: source.file })
  const kinds = columns.map(({ type }, i): KeyColumn['kind'] => {
    if (unfit[i] > 0) return 'text'
    if (WHOLE.test(type)) return 'integer'
    if (NUMBER.test(type)) return 'number'
    return TIME.test(type) ? 'timestamp' : 'text'
  })
  return { rows, kinds }
}

const EXPRESSIONS: Record<KeyColumn['kind'], (name: string) => string> = {
  timestamp: (name) => `epoch_us(CAST(${name} AS TIMESTAMP))`,
  integer: (name) => `CAST(${name} AS INTEGER)`,
  number: (name) => `CAST(${name} AS DOUBLE)`,
  text: (name) => `coalesce(CAST(${name} AS VARCHAR), '')`,
}

async function fetchTable(
  connection: DuckDBConnection,
  source: Source,
  keys: KeyColumn[],
  names: readonly string[],
  rows: number,
): Promise<TableRows> {
  const values = new Float32Array(rows * names.length)
  const arrays = keys.map(({ kind }) => arrayFor(kind, rows))
  const selected = [
    ...keys.map(({ name, kind }) => EXPRESSIONS[kind](quoteName(name))),
    // what is no 32-bit number becomes NaN
    ...names.map((name) => `coalesce(TRY_CAST(${quoteName(name)} AS FLOAT), CAST('NaN' AS FLOAT))`),
  ]
  const take = (chunk: DuckDBDataChunk, row: number) => {
    arrays.forEach((array, k) => {
      const vector = chunk.getColumnVector(k)
      for (let i = 0; i < chunk.rowCount; i++) array[row + i] = vector.getItem(i) as never
    })
    names.forEach((_, k) => {
      const vector = chunk.getColumnVector(keys.length + k) as DuckDBVector<number>
      for (let i = 0; i < chunk.rowCount; i++) values[(row + i) * names.length + k] = vector.getItem(i)!
    })
  }
  let row = 0
  for await (const chunk of await connection.stream(
    `SELECT ${selected.join(', ')} FROM ${source.relation}`,
  )) {
    take(chunk, row)
    row += chunk.rowCount
  }
  checkFinite(source, names, values)
  return { keys, keyValues: arrays, values, rows }
}

function arrayFor(kind: KeyColumn['kind'], rows: number) {
  if (kind === 'timestamp') return new BigInt64Array(rows)
  if (kind === 'integer') return new Int32Array(rows)
  return kind === 'number' ? new Float64Array(rows) : new Array<string>(rows)
}

function checkFinite(source: Source, names: readonly string[], values: Float32Array): void {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad < 0) return
  const row = Math.floor(bad / names.length) + 1
  const column = names[bad % names.length]
  const message = `${source.name}, row ${row}, column "${column}": not a finite 32-bit number`
  throw new TempocodeError('data', message, { file: source.file, row, column })
}
