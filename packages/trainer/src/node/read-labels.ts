import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { type RowRun, runsOf } from '../evaluation/runs.js'
import { chooseColumns } from './choose-columns.js'
import { listed, quoteName, withDuckDB } from './duckdb.js'
import { openSource } from './open-source.js'
import { readRows, runsOfNames, type ScoreGroup, type ScoreTable } from './read-scores.js'
import { checkColumns, type Labels, readWindows } from './read-windows.js'
import type { Source } from './source.js'

/** Columns of labels, the first of which is taken that is there. */
const LABELS = ['anomaly', 'label']

/**
 * Reads what is known to be anomalous, and finds it in a table of scores, by group and time. Either windows, with columns
 * `start` and `end`, both of which belong to it; or a label of each row, 0 or 1. Scores without a time are labelled by
 * their row's number, from 1, which `row` says or the order of rows.
 * @param source a file or a query, as for `readSeries`
 * @param column of labels. Default: `anomaly`, else `label`
 * @throws TempocodeError `file` where it cannot be read, `data` where a column is missing, a label is not 0 or 1, a row
 *   of the scores has none, or windows overlap
 */
export async function readLabels(source: string, table: ScoreTable, column?: string): Promise<Labels> {
  return withDuckDB(async (connection) => {
    const opened = await openSource(connection, source)
    checkColumns(opened, [], table)
    const names = opened.columns.map(({ name }) => name)
    if (column === undefined && names.includes('start') && names.includes('end')) {
      return readWindows(connection, opened, table)
    }
    return { events: await readRowLabels(connection, opened, table, column), outside: 0 }
  })
}

async function readRowLabels(
  connection: DuckDBConnection,
  source: Source,
  table: ScoreTable,
  column = LABELS.find((name) => source.columns.some((other) => other.name === name)),
): Promise<RowRun[][]> {
  const names = source.columns.map(({ name }) => name)
  if (column === undefined) {
    const message = `${source.name} has neither windows (start, end) nor a column ${LABELS.join(' or ')}`
    throw new TempocodeError('data', `${message}; it has ${listed(names)}`, { file: source.file })
  }
  const numbered = table.time === undefined || (table.time.name === 'row' && !names.includes('row'))
  const wanted = table.time !== undefined && names.includes(table.time.name) ? table.time.name : undefined
  const { groupBy } = table
  const selection = await chooseColumns(connection, source, { time: wanted, groupBy, columns: [column] })
  if (!numbered && selection.time?.kind !== table.time?.kind) {
    const message = `${source.name} has no ${table.time!.kind} column "${table.time!.name}" to find rows by`
    throw new TempocodeError('data', `${message}; it has ${listed(names)}`, { file: source.file })
  }
  const rows = await readRows(connection, source, {
    time: selection.time?.sql,
    groupBy,
    values: [`CAST(${quoteName(column)} AS DOUBLE)`],
  })
  const [labels] = rows.values
  checkLabels(labels, `${source.name}, column "${column}"`)
  const times = numbered ? labels.map((_, row) => row + 1) : rows.times!
  const scored = table.groups.reduce((sum, { scores }) => sum + scores.length, 0)
  if (table.time === undefined && labels.length !== scored) {
    const message = `${source.name} has ${labels.length} rows and ${table.source} ${scored}, without times or rows to find them by`
    throw new TempocodeError('data', message, { file: source.file })
  }
  const groups = new Map(runsOfNames(rows.names).map((run) => [run.name, run]))
  let before = 0
  return table.groups.map((group) => {
    const { start, end } = groups.get(group.name) ?? { start: 0, end: 0 }
    // without any key, rows are found by their order, over all of the table
    const wantedTimes = group.times ?? group.scores.map((_, row) => before + row + 1)
    before += group.scores.length
    const found = join(wantedTimes, times.subarray(start, end))
    const missing = found.indexOf(-1)
    if (missing >= 0) throw noLabel(source, table, group, missing)
    return runsOf(found.map((row) => labels[start + row]))
  })
}

/** @throws TempocodeError `data` where a label is not 0 or 1 */
export function checkLabels(labels: Float64Array, where: string): void {
  const bad = labels.find((label) => label !== 0 && label !== 1)
  if (bad === undefined) return
  const found = Number.isNaN(bad) ? 'a label is missing' : `a label is ${bad}`
  throw new TempocodeError('data', `${where}: ${found}; labels are 0 and 1`)
}

/** Of each time the place in others, which rise as well; of equal ones the first to the first. −1 where there is none. */
function join(times: Float64Array, others: Float64Array): Int32Array {
  let next = 0
  return Int32Array.from(times, (time) => {
    while (next < others.length && others[next] < time) next++
    return others[next] === time ? next++ : -1
  })
}

function noLabel(source: Source, { time }: ScoreTable, group: ScoreGroup, row: number): TempocodeError {
  const at = group.times?.[row] ?? row + 1
  const text = time?.kind === 'timestamp' ? new Date(at / 1000).toISOString() : String(at)
  const ofGroup = group.name === undefined ? '' : ` of group "${group.name}"`
  const message = `${source.name} has no label for the row ${text}${ofGroup}, which has a score`
  return new TempocodeError('data', message, { file: source.file })
}
