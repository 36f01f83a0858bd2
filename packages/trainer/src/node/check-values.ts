import type { DuckDBConnection } from '@duckdb/node-api'
import { TempocodeError } from '@tempocode/core'
import { type MissingPolicy, missingError } from '../missing.js'
import type { Selection } from './choose-columns.js'
import { quoteName } from './duckdb.js'
import { firstRow, whereIs } from './first-row.js'
import type { Source } from './source.js'

const LIMIT = 2 ** 128 - 2 ** 103 // from here on, numbers round to infinity in 32 bits

/** A condition that no row may meet. */
interface Fault {
  column: string
  condition: string
  reason: (value: string) => string
}

/**
 * Counts the rows, and the values that are missing, and refuses those that cannot be used. All is counted in one pass;
 * only where something is found is it asked which row has it.
 * @throws TempocodeError `data`, with row and column
 */
export async function checkValues(
  connection: DuckDBConnection,
  source: Source,
  selection: Selection,
  missing: MissingPolicy,
): Promise<{ rows: number; gaps: number }> {
  const faults = [...keyFaults(selection), ...selection.columns.map(tooLarge)]
  const gaps = selection.columns.map((column) => ({
    column,
    condition: `${asDouble(column)} IS NULL OR isnan(${asDouble(column)})`,
  }))
  const counts = [...faults, ...gaps].map(({ condition }) => `count(*) FILTER (${condition})`)
  const found = await connection.runAndReadAll(
    `SELECT count(*), ${counts.join(', ')} FROM ${source.relation}`,
  )
  const [rows, ...numbers] = found.getRows()[0].map(Number)
  if (rows === 0) throw new TempocodeError('data', `${source.name} has no rows`, { file: source.file })

  const fault = faults.find((_, index) => numbers[index] > 0)
  if (fault !== undefined) {
    const place = await mustFind(connection, source, fault)
    const message = `${whereIs(source, place)}: ${fault.reason(place.value)}`
    throw new TempocodeError('data', message, { file: source.file, row: place.row, column: place.column })
  }
  const missed = numbers.slice(faults.length)
  const total = missed.reduce((a, b) => a + b)
  if (missing === 'error' && total > 0) {
    const places = []
    for (const [index, gap] of gaps.entries())
      if (missed[index] > 0) places.push(await mustFind(connection, source, gap))
    const first = places.reduce((a, b) => (b.row < a.row ? b : a))
    throw missingError(total, whereIs(source, first), {
      file: source.file,
      row: first.row,
      column: first.column,
    })
  }
  return { rows, gaps: total }
}

function keyFaults({ time, groupBy }: Selection): Fault[] {
  const reason = (value: string) => (value === 'null' ? 'a value is missing' : `${value} is not finite`)
  const faults: Fault[] = []
  if (groupBy !== undefined)
    faults.push({ column: groupBy, condition: `${quoteName(groupBy)} IS NULL`, reason })
  if (time !== undefined)
    faults.push({ column: time.name, condition: `${quoteName(time.name)} IS NULL`, reason })
  if (time !== undefined && time.kind === 'number') {
    faults.push({ column: time.name, condition: `NOT isfinite(${time.sql})`, reason })
  }
  return faults
}

const asDouble = (column: string) => `CAST(${quoteName(column)} AS DOUBLE)`

const tooLarge = (column: string): Fault => ({
  column,
  condition: `NOT isnan(${asDouble(column)}) AND abs(${asDouble(column)}) >= ${LIMIT}`,
  reason: (value) => `${value} is not allowed; values must be finite 32-bit numbers`,
})

async function mustFind(
  connection: DuckDBConnection,
  source: Source,
  { column, condition }: Omit<Fault, 'reason'>,
) {
  const found = await firstRow(connection, source, column, condition)
  if (found !== undefined) return found
  throw new TempocodeError('data', `${source.name} changed while it was read`, { file: source.file })
}
