import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { checkMissingPolicy, type MissingPolicy, missingError, resolveMissing } from '../missing.js'
import type { Segment } from '../segments.js'
import type { Series, Time } from '../series.js'
import { chooseColumns, type Selection } from './columns.js'
import { duckdbError, quoteName, withDuckDB } from './duckdb.js'
import { firstRow, whereIs } from './first-row.js'
import { openSource, type Source } from './source.js'

export interface ReadSeriesOptions {
  /**
   * The column that orders the rows: time stamps, dates, or numbers. Default: the only column of time stamps or dates,
   * if there is just one; else rows stay in the source's order.
   */
  time?: string
  /** The columns to read, in this order. Default: all that hold numbers, but for `time` and `groupBy`. */
  columns?: readonly string[]
  /** The column that tells which rows belong together, such as a machine's name. No window has rows of two groups. */
  groupBy?: string
  /** What to do about missing values. Default: `error`. */
  missing?: MissingPolicy
  /** Reads no more than the source's first so many rows. */
  limit?: number
}

const OPTIONS = ['time', 'columns', 'groupBy', 'missing', 'limit'] satisfies (keyof ReadSeriesOptions)[]
const FLOAT_LIMIT = 2 ** 128 - 2 ** 103 // from here on, numbers round to infinity in 32 bits

/**
 * Reads a series from a file (.csv, .tsv, .txt, each also with .gz; .parquet; .json, .jsonl) or a query in DuckDB's SQL
 * (a text that starts with SELECT, FROM or WITH). Rows are ordered by group and time; rows of the same time keep the
 * source's order. Time stamps without a zone are taken for UTC. In text files blank lines are skipped, and an empty
 * field, NA, N/A, null, NULL, None and NaN are missing values.
 * @throws TempocodeError `file` where the file cannot be read, `data` where rows or values are unusable, with line or
 *   row and column; `option` for unknown options
 */
export async function readSeries(source: string, options: ReadSeriesOptions = {}): Promise<Series> {
  checkOptions(options)
  const { missing = 'error', limit } = options
  return withDuckDB(async (connection) => {
    const opened = await openSource(connection, source)
    const limited = limit === undefined ? opened : { ...opened, relation: `(FROM ${opened.relation} LIMIT ${limit})` }
    const selection = await chooseColumns(connection, limited, options)
    const rows = await checkValues(connection, limited, selection, missing)
    const series = await fetchSeries(connection, limited, selection, rows)
    return resolveMissing(series, missing)
  })
}

function checkOptions(options: ReadSeriesOptions): void {
  const unknown = Object.keys(options).find((key) => !(OPTIONS as string[]).includes(key))
  if (unknown !== undefined) {
    throw new TempocodeError('option', `option "${unknown}" is unknown; use one of ${OPTIONS.join(', ')}`)
  }
  if (options.missing !== undefined) checkMissingPolicy(options.missing)
  if (options.limit !== undefined && !(Number.isSafeInteger(options.limit) && options.limit > 0)) {
    throw new TempocodeError('option', `limit ${options.limit} is not allowed; use a whole number above 0`)
  }
}

/** Counts the rows, and refuses those that cannot be used; only then is it asked where they are. */
async function checkValues(
  connection: DuckDBConnection,
  source: Source,
  { columns, time, groupBy }: Selection,
  policy: MissingPolicy,
): Promise<number> {
  const number = (name: string) => `CAST(${quoteName(name)} AS DOUBLE)`
  const conditions = [
    ...(groupBy === undefined ? [] : [{ column: groupBy, fault: 'missing', sql: `${quoteName(groupBy)} IS NULL` }]),
    ...(time === undefined ? [] : [{ column: time.name, fault: 'missing', sql: `${time.sql} IS NULL` }]),
    ...(time?.kind === 'number' ? [{ column: time.name, fault: 'infinite', sql: `NOT isfinite(${time.sql})` }] : []),
    ...columns.flatMap((column) => [
      { column, fault: 'too large', sql: `NOT isnan(${number(column)}) AND abs(${number(column)}) >= ${FLOAT_LIMIT}` },
      { column, fault: 'value', sql: `${quoteName(column)} IS NULL OR isnan(${number(column)})` },
    ]),
  ]
  const counts = conditions.map(({ sql }) => `count(*) FILTER (${sql})`)
  const found = await query(connection, source, `SELECT count(*), ${counts.join(', ')} FROM ${source.relation}`)
  const [rows, ...faults] = found[0].map(Number)
  if (rows === 0) throw new TempocodeError('data', `${source.name} has no rows`, { file: source.file })
  for (const [index, { column, fault, sql }] of conditions.entries()) {
    if (faults[index] === 0 || fault === 'value') continue
    const { row, value } = await firstRow(connection, source, column, sql)
    const what = fault === 'missing' ? 'a value is missing' : `${value} is ${fault}`
    const allowed = fault === 'too large' ? '; values must fit into 32-bit floats' : ''
    throw new TempocodeError('data', `${what} in ${whereIs(source, row, column)}${allowed}`, {
      file: source.file,
      row,
      column,
    })
  }
  const gaps = conditions.filter(({ fault }, index) => fault === 'value' && faults[index] > 0)
  if (policy === 'error' && gaps.length > 0) {
    const total = conditions.reduce((sum, { fault }, index) => sum + (fault === 'value' ? faults[index] : 0), 0)
    const places = await Promise.all(gaps.map(({ column, sql }) => firstRow(connection, source, column, sql)))
    const first = places.reduce((a, b) => (b.row < a.row ? b : a))
    const place = { file: source.file, row: first.row, column: first.column }
    throw missingError(total, whereIs(source, first.row, first.column), place)
  }
  return rows
}

async function fetchSeries(
  connection: DuckDBConnection,
  source: Source,
  { columns, time, groupBy }: Selection,
  rows: number,
): Promise<Series> {
  const width = columns.length
  const values = new Float32Array(rows * width)
  const times = time && (time.kind === 'timestamp' ? new BigInt64Array(rows) : new Float64Array(rows))
  const segments: Segment[] = groupBy === undefined ? [{ start: 0, end: rows }] : []

  // DuckDB's sort is not stable, so the row's number decides between equal times
  const order = [groupBy && quoteName(groupBy), time?.sql].filter((key) => key !== undefined)
  const selected = [
    ...columns.map((column) => `coalesce(CAST(${quoteName(column)} AS FLOAT), CAST('NaN' AS FLOAT))`),
    ...(time === undefined ? [] : [time.sql]),
    ...(groupBy === undefined ? [] : [`CAST(${quoteName(groupBy)} AS VARCHAR)`]),
  ]
  const numbered = `(SELECT *, row_number() OVER () AS tempocode_row FROM ${source.relation})`
  const from = order.length === 0 ? source.relation : `${numbered} ORDER BY ${order.join(', ')}, tempocode_row`
  try {
    const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${from}`)
    let row = 0
    for await (const chunk of result) {
      for (let column = 0; column < width; column++) {
        const vector = chunk.getColumnVector(column) as DuckDBVector<number>
        for (let i = 0, at = row * width + column; i < chunk.rowCount; i++, at += width) {
          values[at] = vector.getItem(i)!
        }
      }
    }
  } catch (cause) {
    throw duckdbError(cause, source.name, { file: source.file })
  }
  return { columns: [...columns], rows, values, time: undefined, segments }
}
