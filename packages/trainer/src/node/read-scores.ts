import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { chooseColumns } from './choose-columns.js'
import { duckdbError, listed, quoteName, withDuckDB } from './duckdb.js'
import { openSource } from './open-source.js'
import type { Source } from './source.js'

/** The rows of one group, in the order of time. */
export interface ScoreGroup {
  name?: string
  /** Of each row; NaN where it has none. */
  scores: Float64Array
  /** Of each row: microseconds since 1970, or a number. Absent where the table says neither time nor row. */
  times?: Float64Array
  /** Other columns that were asked for and are there, of each row; NaN where a value is missing. */
  columns: Record<string, Float64Array | undefined>
}

export interface ScoreTable {
  /** How messages call it. */
  source: string
  time?: { name: string; kind: 'timestamp' | 'number' }
  groupBy?: string
  groups: ScoreGroup[]
}

export interface ReadScoresOptions {
  /** The column of time stamps, times or row numbers. Default: the last before `score`, else the only one of time stamps. */
  time?: string
  /** The column of groups. Default: the one before that of time, if there is one. */
  groupBy?: string
  /** Columns of numbers to read, too, where the table has them. */
  columns?: readonly string[]
}

/**
 * Reads a table of scores such as `tempocode detect` writes: the group, if rows are grouped; the time, or the row's
 * number; the `score`; and others. Rows are put in the order of group and time.
 * @param source a file or a query, as for `readSeries`
 * @throws TempocodeError `file` where it cannot be read, `data` where a column is missing or holds no numbers
 */
export async function readScores(source: string, options: ReadScoresOptions = {}): Promise<ScoreTable> {
  return withDuckDB(async (connection) => {
    const opened = await openSource(connection, source)
    const names = opened.columns.map(({ name }) => name)
    const more = (options.columns ?? []).filter((name) => names.includes(name))
    const columns = [...new Set(['score', ...more])]
    const keys = keysOf(opened, columns, options)
    const { time } = await chooseColumns(connection, opened, { ...keys, columns })
    const rows = await readRows(connection, opened, {
      time: time?.sql,
      groupBy: keys.groupBy,
      values: columns.map((name) => `CAST(${quoteName(name)} AS DOUBLE)`),
    })
    const groups = runsOfNames(rows.names).map(({ start, end, name }) => {
      const values = rows.values.map((column) => column.subarray(start, end))
      const entries = more.map((column) => [column, values[columns.indexOf(column)]])
      const times = rows.times?.subarray(start, end)
      return { name, scores: values[0], times, columns: Object.fromEntries(entries) }
    })
    return { source: opened.name, time, groupBy: keys.groupBy, groups }
  })
}

function keysOf(source: Source, columns: readonly string[], { time, groupBy }: ReadScoresOptions) {
  if (time !== undefined || groupBy !== undefined) return { time, groupBy }
  const names = source.columns.map(({ name }) => name)
  const keys = names.slice(0, Math.max(0, names.indexOf('score'))).filter((name) => !columns.includes(name))
  if (keys.length <= 2) return { time: keys.at(-1), groupBy: keys.at(-2) }
  const message = `${source.name} has the columns ${listed(keys)} before "score"; name those of time and group`
  throw new TempocodeError('option', message, { file: source.file })
}

/** Rows in the order of group and time, and those of the same in the order of the source. */
export async function readRows(
  connection: DuckDBConnection,
  source: Source,
  { time, groupBy, values }: { time?: string; groupBy?: string; values: readonly string[] },
) {
  const group = groupBy === undefined ? "''" : `coalesce(CAST(${quoteName(groupBy)} AS VARCHAR), '')`
  const numbers = [...values, ...(time === undefined ? [] : [`CAST(${time} AS DOUBLE)`])]
  const selected = numbers.map((sql, i) => `coalesce(${sql}, CAST('NaN' AS DOUBLE)) AS number${i}`)
  const sorted = time === undefined ? 'row_group' : `row_group, number${values.length}`
  const names: string[] = []
  const columns: number[][] = numbers.map(() => [])
  try {
    const result = await connection.stream(
      `SELECT row_group, ${numbers.map((_, i) => `number${i}`).join(', ')} FROM (
         SELECT ${group} AS row_group, ${selected.join(', ')}, row_number() OVER () AS source_row
         FROM ${source.relation}) ORDER BY ${sorted}, source_row`,
    )
    for await (const chunk of result) {
      const [found, ...others] = chunk.getColumns()
      for (const name of found) names.push(String(name))
      others.forEach((column, i) => {
        for (const value of column) columns[i].push(Number(value))
      })
    }
  } catch (cause) {
    throw duckdbError(cause, source.name, { file: source.file })
  }
  const arrays = columns.map((column) => Float64Array.from(column))
  const times = time === undefined ? undefined : arrays[values.length]
  const missing = times?.findIndex(Number.isNaN) ?? -1
  if (missing >= 0) {
    const place = groupBy === undefined ? '' : ` of group "${names[missing]}"`
    throw new TempocodeError('data', `${source.name}: a row${place} has no time`, { file: source.file })
  }
  return {
    names: groupBy === undefined ? names.map(() => undefined) : names,
    times,
    values: arrays.slice(0, values.length),
  }
}

/** Rows of the same name that follow each other. */
export function runsOfNames(names: readonly (string | undefined)[]) {
  const runs: { start: number; end: number; name?: string }[] = []
  names.forEach((name, row) => {
    const last = runs.at(-1)
    if (last !== undefined && last.name === name) last.end = row + 1
    else runs.push({ start: row, end: row + 1, name })
  })
  return runs
}
