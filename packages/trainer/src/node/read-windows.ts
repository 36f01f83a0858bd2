import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import type { RowRun } from '../evaluation/runs.js'
import { listed, quoteName, withDuckDB } from './duckdb.js'
import { openSource } from './open-source.js'
import { readRows, type ScoreTable } from './read-scores.js'
import type { Source } from './source.js'

export interface Labels {
  /** Of each group of the scores: rows [start, end) that are anomalous. */
  events: RowRun[][]
  /** Windows that hold no row of the scores. */
  outside: number
}

/** Reads windows (`start`, `end`) and finds the rows of the scores that lie in them. Throws as `readLabels` does. */
export async function readWindows(
  connection: DuckDBConnection,
  source: Source,
  table: ScoreTable,
): Promise<Labels> {
  if (table.time === undefined) {
    const message = `${source.name} has windows, and ${table.source} neither times nor rows to find them by`
    throw new TempocodeError('data', message, { file: source.file })
  }
  const { groupBy } = table
  const { names, times, values } = await readRows(connection, source, {
    time: timeSql('start', table),
    groupBy,
    values: [timeSql('end', table)],
  })
  const starts = times!
  const [ends] = values
  const bad = ends.findIndex((end, i) => !(end >= starts[i]))
  if (bad >= 0) {
    const message = `${source.name}, window ${bad + 1} in order: "end" must be a ${table.time.kind} that is not before "start"`
    throw new TempocodeError('data', message, { file: source.file, column: 'end' })
  }
  let found = 0
  const events = table.groups.map((group) =>
    names.flatMap((name, i) => {
      if (name !== group.name) return []
      const start = group.times!.findIndex((time) => time >= starts[i])
      const end = group.times!.findLastIndex((time) => time <= ends[i]) + 1
      if (start < 0 || start >= end) return []
      found++
      return [{ start, end }]
    }),
  )
  for (const runs of events) {
    const overlap = runs.findIndex(({ start }, i) => i > 0 && start < runs[i - 1].end)
    if (overlap < 0) continue
    throw new TempocodeError('data', `${source.name} has windows that overlap`, { file: source.file })
  }
  return { events, outside: names.length - found }
}

/**
 * Reads when failures happened: a column `failure` of times, and that of the group where the scores have groups.
 * @returns of each group of the scores, in the unit of its times
 * @throws TempocodeError as {@link readLabels} does
 */
export async function readFailures(source: string, table: ScoreTable): Promise<Float64Array[]> {
  return withDuckDB(async (connection) => {
    const opened = await openSource(connection, source)
    checkColumns(opened, ['failure'], table)
    const time = timeSql('failure', table)
    const rows = await readRows(connection, opened, { time, groupBy: table.groupBy, values: [] })
    return table.groups.map(({ name }) => rows.times!.filter((_, i) => rows.names[i] === name))
  })
}

/** A column of times, of the kind that the scores have; what is no such time is missing. */
function timeSql(name: string, { time }: ScoreTable): string {
  const column = quoteName(name)
  if (time?.kind === 'number') return `TRY_CAST(CAST(${column} AS VARCHAR) AS DOUBLE)`
  return `epoch_us(TRY_CAST(CAST(${column} AS VARCHAR) AS TIMESTAMP))`
}

export function checkColumns(
  { name, file, columns }: Source,
  needed: readonly string[],
  { groupBy }: ScoreTable,
): void {
  const names = columns.map((column) => column.name)
  const missing = [...needed, ...(groupBy === undefined ? [] : [groupBy])].find((one) => !names.includes(one))
  if (missing === undefined) return
  const why = missing === groupBy ? ', by which the scores are grouped' : ''
  const message = `${name} has no column "${missing}"${why}; it has ${listed(names)}`
  throw new TempocodeError('data', message, { file, column: missing })
}
