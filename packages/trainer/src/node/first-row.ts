import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteName } from './duckdb.js'
import type { Source } from './source.js'

/** A row of the source, counted from 1, and what one of its columns holds there. */
export interface Found {
  row: number
  column: string
  value: string
}

/** The first row for which a condition in SQL holds, if there is one. */
export async function firstRow(
  connection: DuckDBConnection,
  source: Source,
  column: string,
  condition: string,
): Promise<Found | undefined> {
  const found = await connection.runAndReadAll(
    `SELECT found_row, found_value FROM (
       SELECT row_number() OVER () AS found_row, CAST(${quoteName(column)} AS VARCHAR) AS found_value,
         ${condition} AS found FROM ${source.relation}
     ) WHERE found ORDER BY found_row LIMIT 1`,
  )
  const rows = found.getRows()
  return rows.length === 0 ? undefined : { row: Number(rows[0][0]), column, value: String(rows[0][1]) }
}

export const whereIs = (source: Source, { row, column }: Found) =>
  `${source.name}, row ${row}, column "${column}"`
