import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import type { Segment } from '../segments.js'
import type { Series, Time } from '../series.js'
import type { Selection } from './choose-columns.js'
import { duckdbError, quoteName } from './duckdb.js'
import type { Source } from './source.js'

/**
 * Streams the rows, in order, into arrays of the right size, so that no second copy is ever held. Missing values
 * become NaN.
 * @param rows how many rows there are
 * @throws TempocodeError `data` where DuckDB fails, or finds another number of rows
 */
export async function fetchSeries(
  connection: DuckDBConnection,
  source: Source,
  selection: Selection,
  rows: number,
): Promise<Series> {
  const width = selection.columns.length
  const values = new Float32Array(rows * width)
  const time = selection.time && timeFor(selection.time, rows)
  const segments: Segment[] = selection.groupBy === undefined ? [{ start: 0, end: rows }] : []

  const take = (chunk: DuckDBDataChunk, row: number) => {
    for (let column = 0; column < width; column++) {
      const vector = chunk.getColumnVector(column) as DuckDBVector<number>
      for (let i = 0; i < chunk.rowCount; i++) values[(row + i) * width + column] = vector.getItem(i)!
    }
    if (time !== undefined) {
      const vector = chunk.getColumnVector(width) as DuckDBVector<number & bigint>
      for (let i = 0; i < chunk.rowCount; i++) time.values[row + i] = vector.getItem(i)!
    }
    if (selection.groupBy !== undefined) {
      const vector = chunk.getColumnVector(chunk.columnCount - 1) as DuckDBVector<string>
      for (let i = 0; i < chunk.rowCount; i++) extendGroups(segments, vector.getItem(i)!, row + i)
    }
  }

  let row = 0
  try {
    for await (const chunk of await connection.stream(queryOf(source, selection))) {
      if (row + chunk.rowCount <= rows) take(chunk, row)
      row += chunk.rowCount
    }
  } catch (cause) {
    throw duckdbError(cause, source.name, { file: source.file })
  }
  if (row !== rows)
    throw new TempocodeError('data', `${source.name} changed while it was read`, { file: source.file })
  return { columns: selection.columns, rows, values, time, groupBy: selection.groupBy, segments }
}

function timeFor({ name, kind }: NonNullable<Selection['time']>, rows: number): Time {
  return kind === 'timestamp'
    ? { name, kind, values: new BigInt64Array(rows) }
    : { name, kind, values: new Float64Array(rows) }
}

function extendGroups(segments: Segment[], name: string, row: number): void {
  const last = segments.at(-1)
  if (last !== undefined && last.name === name) last.end = row + 1
  else segments.push({ start: row, end: row + 1, name })
}

function queryOf(source: Source, { columns, time, groupBy }: Selection): string {
  const group = groupBy && quoteName(groupBy)
  const selected = columns.map(
    (column) => `coalesce(CAST(${quoteName(column)} AS FLOAT), CAST('NaN' AS FLOAT))`,
  )
  if (time !== undefined) selected.push(time.sql)
  if (group !== undefined) selected.push(`CAST(${group} AS VARCHAR)`)
  const order = [group, time?.sql].filter((key) => key !== undefined)
  if (order.length === 0) return `SELECT ${selected.join(', ')} FROM ${source.relation}`
  // DuckDB's sort is not stable, so the row's number decides between equal times
  return `SELECT ${selected.join(', ')} FROM (SELECT *, row_number() OVER () AS source_row FROM ${source.relation})
    ORDER BY ${order.join(', ')}, source_row`
}
