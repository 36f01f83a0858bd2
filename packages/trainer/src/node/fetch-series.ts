import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import type { Segment } from '../segments.js'
import type { Series, Time } from '../series.js'
import type { Selection } from './choose-columns.js'
import { duckdbError, quoteName } from './duckdb.js'
import type { Source } from './source.js'

/** Rows that follow those of the piece before; their numbers in `segments` count from the piece's own first row. */
export interface Piece extends Pick<Series, 'rows' | 'values' | 'time' | 'segments'> {
  /** Whether the first segment is the rest of the one that the piece before ends with. */
  continues: boolean
}

/**
 * Reads the rows, in order, into arrays of the right size, so that no second copy is ever held. Missing values become
 * NaN.
 * @param rows how many rows there are
 * @throws TempocodeError `data` where DuckDB fails, or finds another number of rows
 */
export async function fetchSeries(
  connection: DuckDBConnection,
  source: Source,
  selection: Selection,
  rows: number,
): Promise<Series> {
  const { columns, groupBy } = selection
  const values = new Float32Array(rows * columns.length)
  const time = timeFor(selection, rows)
  const segments: Segment[] = []
  let first = 0
  for await (const piece of fetchPieces(connection, source, selection, rows)) {
    values.set(piece.values, first * columns.length)
    ;(time?.values as Float64Array | undefined)?.set(piece.time!.values as Float64Array, first)
    for (const [i, { start, end, ...name }] of piece.segments.entries()) {
      if (i === 0 && piece.continues) segments[segments.length - 1].end = first + end
      else segments.push({ start: first + start, end: first + end, ...name })
    }
    first += piece.rows
  }
  return { columns, rows, values, time, groupBy, segments }
}

/**
 * Reads the rows, in order, some at a time. Missing values become NaN.
 * @param rows how many rows there are
 * @throws TempocodeError `data` where DuckDB fails, or finds another number of rows
 */
export async function* fetchPieces(
  connection: DuckDBConnection,
  source: Source,
  selection: Selection,
  rows: number,
): AsyncGenerator<Piece, void, undefined> {
  let row = 0
  let last: Segment | undefined
  try {
    for await (const chunk of await connection.stream(await queryOf(connection, source, selection))) {
      const piece = pieceOf(chunk, selection, last)
      row += piece.rows
      last = piece.segments.at(-1)
      if (row > rows) break
      yield piece
    }
  } catch (cause) {
    throw duckdbError(cause, source.name, { file: source.file })
  }
  if (row !== rows)
    throw new TempocodeError('data', `${source.name} changed while it was read`, { file: source.file })
}

/** @param last the segment that the piece before ends with */
function pieceOf(chunk: DuckDBDataChunk, selection: Selection, last: Segment | undefined): Piece {
  const rows = chunk.rowCount
  const width = selection.columns.length
  const values = new Float32Array(rows * width)
  for (let column = 0; column < width; column++) {
    const vector = chunk.getColumnVector(column) as DuckDBVector<number>
    for (let i = 0; i < rows; i++) values[i * width + column] = vector.getItem(i)!
  }
  const time = timeFor(selection, rows)
  if (time !== undefined) {
    const vector = chunk.getColumnVector(width) as DuckDBVector<number & bigint>
    for (let i = 0; i < rows; i++) time.values[i] = vector.getItem(i)!
  }
  const segments: Segment[] = []
  if (selection.groupBy === undefined) segments.push({ start: 0, end: rows })
  else {
    const vector = chunk.getColumnVector(chunk.columnCount - 1) as DuckDBVector<string>
    for (let i = 0; i < rows; i++) extendGroups(segments, vector.getItem(i)!, i)
  }
  return { rows, values, time, segments, continues: last !== undefined && last.name === segments[0].name }
}

function timeFor({ time }: Selection, rows: number): Time | undefined {
  if (time === undefined) return undefined
  const { name, kind } = time
  return kind === 'timestamp'
    ? { name, kind, values: new BigInt64Array(rows) }
    : { name, kind, values: new Float64Array(rows) }
}

function extendGroups(segments: Segment[], name: string, row: number): void {
  const last = segments.at(-1)
  if (last !== undefined && last.name === name) last.end = row + 1
  else segments.push({ start: row, end: row + 1, name })
}

async function queryOf(connection: DuckDBConnection, source: Source, selection: Selection): Promise<string> {
  const { columns, time, groupBy } = selection
  const group = groupBy && quoteName(groupBy)
  const selected = columns.map(
    (column) => `coalesce(CAST(${quoteName(column)} AS FLOAT), CAST('NaN' AS FLOAT))`,
  )
  if (time !== undefined) selected.push(time.sql)
  if (group !== undefined) selected.push(`CAST(${group} AS VARCHAR)`)
  const keys = [group, time?.sql].filter((key) => key !== undefined)
  if (await isInOrder(connection, source, keys))
    return `SELECT ${selected.join(', ')} FROM ${source.relation}`
  // DuckDB's sort is not stable, so the row's number decides between equal times
  return `SELECT ${selected.join(', ')} FROM (SELECT *, row_number() OVER () AS source_row FROM ${source.relation})
    ORDER BY ${keys.join(', ')}, source_row`
}

/** Whether each row's keys are equal to those of the row before, or behind them. A sort would hold all rows at once. */
async function isInOrder(
  connection: DuckDBConnection,
  source: Source,
  keys: readonly string[],
): Promise<boolean> {
  if (keys.length === 0) return true
  const pairs = keys.map((key, i) => `${key} AS key${i}, lag(${key}) OVER () AS before${i}`)
  const isBehind = keys.map((_, i) => {
    const equal = keys.slice(0, i).map((_, k) => `key${k} = before${k} AND `)
    return `${equal.join('')}key${i} < before${i}`
  })
  const found = await connection.runAndReadAll(
    `SELECT count(*) FROM (SELECT ${pairs.join(', ')} FROM ${source.relation}) WHERE ${isBehind.join(' OR ')}`,
  )
  return found.getRows()[0][0] === 0n
}
