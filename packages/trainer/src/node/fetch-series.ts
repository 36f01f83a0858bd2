import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import type { Segment } from '../segments.js'
import type { Series } from '../series.js'
import type { Selection } from './choose-columns.js'
import { duckdbError, quoteName } from './duckdb.js'
import type { Source } from './source.js'

/**
 * Streams the rows in order into arrays made for them, so that no second copy is held. Missing values become NaN.
 * @param rows how many there are
 * @throws TempocodeError `data` where DuckDB fails, or finds another number of rows
 */
export async function fetchSeries(
  connection: DuckDBConnection,
  source: Source,
  { columns, time, groupBy }: Selection,
  rows: number,
): Promise<Series> {
  const width = columns.length
  const values = new Float32Array(rows * width)
  const stamps = new BigInt64Array(time?.kind === 'timestamp' ? rows : 0)
  const numbers = new Float64Array(time?.kind === 'number' ? rows : 0)
  const segments: Segment[] = groupBy === undefined ? [{ start: 0, end: rows }] : []

  let row = 0
  const take = (chunk: DuckDBDataChunk) => {
    for (let column = 0; column < width; column++) {
      const vector = chunk.getColumnVector(column)
      for (let i = 0; i < chunk.rowCount; i++) values[(row + i) * width + column] = Number(vector.getItem(i))
    }
    row += chunk.rowCount
  }
  try {
    for await (const chunk of await connection.stream(queryOf(source, { columns, time, groupBy }))) {
      if (row + chunk.rowCount > rows) break
      take(chunk)
    }
  } catch (cause) {
    throw duckdbError(cause, source.name, { file: source.file })
  }
  return { columns, rows, values, segments, stamps, numbers } as never
}

function queryOf(source: Source, { columns, time, groupBy }: Selection): string {
  const group = groupBy && quoteName(groupBy)
  const selected = columns.map((column) => `coalesce(CAST(${quoteName(column)} AS FLOAT), CAST('NaN' AS FLOAT))`)
  if (time !== undefined) selected.push(time.sql)
  if (group !== undefined) selected.push(`CAST(${group} AS VARCHAR)`)
  const order = [group, time?.sql].filter((key) => key !== undefined)
  if (order.length === 0) return `SELECT ${selected.join(', ')} FROM ${source.relation}`
  // DuckDB's sort is not stable, so the row's number decides between equal times
  return `SELECT ${selected.join(', ')} FROM (SELECT *, row_number() OVER () AS source_row FROM ${source.relation})
    ORDER BY ${order.join(', ')}, source_row`
}
