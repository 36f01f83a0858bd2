import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { checkMissingPolicy, type MissingPolicy, resolveMissing } from '../missing.js'
import type { Series, Time } from '../series.js'
import { checkValues } from './check-values.js'
import { chooseColumns } from './choose-columns.js'
import { openDuckDB, withDuckDB } from './duckdb.js'
import { fetchPieces, fetchSeries, type Piece } from './fetch-series.js'
import { openSource } from './open-source.js'

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
  return withDuckDB(async (connection) => {
    const { from, selection, rows } = await prepare(connection, source, options)
    return resolveMissing(await fetchSeries(connection, from, selection, rows), missingOf(options))
  })
}

/** A series that is read while it is used. */
export interface SeriesReader extends Pick<Series, 'columns' | 'rows' | 'groupBy'> {
  time?: Pick<Time, 'name' | 'kind'>
  /** Reads all rows, some at a time. */
  pieces(): AsyncIterable<Piece>
  close(): void
}

/**
 * Opens a series that need not fit into memory: all rows are checked now, and read again by `pieces`. Rows that are not
 * yet in the order of group and time are sorted, by DuckDB, which takes memory for them; and where values are missing,
 * and may be, the whole series is held.
 * @param source and options: as for {@link readSeries}
 * @throws TempocodeError as {@link readSeries} does; so may the reading
 */
export async function openSeries(source: string, options: ReadSeriesOptions = {}): Promise<SeriesReader> {
  checkOptions(options)
  const { connection, close } = await openDuckDB()
  try {
    const { from, selection, rows, gaps } = await prepare(connection, source, options)
    const { columns, time, groupBy } = selection
    const read = () => fetchPieces(connection, from, selection, rows)
    if (gaps === 0) return { columns, rows, time, groupBy, pieces: read, close }
    const series = resolveMissing(await fetchSeries(connection, from, selection, rows), missingOf(options))
    async function* whole(): AsyncGenerator<Piece> {
      yield { ...series, continues: false }
    }
    return { columns, rows: series.rows, time, groupBy, pieces: whole, close }
  } catch (cause) {
    close()
    throw cause
  }
}

const missingOf = ({ missing = 'error' }: ReadSeriesOptions) => missing

/** Finds what is to be read, and checks all of it. */
async function prepare(connection: DuckDBConnection, source: string, options: ReadSeriesOptions) {
  const { limit } = options
  const opened = await openSource(connection, source)
  const from =
    limit === undefined ? opened : { ...opened, relation: `(FROM ${opened.relation} LIMIT ${limit})` }
  const selection = await chooseColumns(connection, from, options)
  return { from, selection, ...(await checkValues(connection, from, selection, missingOf(options))) }
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
