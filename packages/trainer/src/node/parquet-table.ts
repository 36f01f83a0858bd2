import { BIGINT, DOUBLE, DuckDBDataChunk, FLOAT, INTEGER, VARCHAR } from '@duckdb/node-api'
import { openDuckDB, quoteName, quoteText } from './duckdb.js'
import type { TableFormat } from './table.js'

const ROWS = 2048 // in a chunk of DuckDB's
const TYPES = { timestamp: BIGINT, integer: INTEGER, number: DOUBLE, text: VARCHAR }

/** Rows are gathered in DuckDB, which holds them in memory, compressed, or on disk where memory is short. */
export const parquetTable: TableFormat = async (path, keys, names) => {
  const { connection, close } = await openDuckDB()
  const columns = [
    ...keys.map(({ name, kind }) => ({ name: quoteName(name), type: TYPES[kind] })),
    ...names.map((name) => ({ name: quoteName(name), type: FLOAT })),
  ]
  await connection.run(`CREATE TABLE rows (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`)
  const appender = await connection.createAppender('rows')
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type))
  let open = true
  return {
    async append(keyValues, values) {
      const rows = values.length / names.length
      for (let start = 0; start < rows; start += ROWS) {
        const count = Math.min(ROWS, rows - start)
        chunk.reset()
        chunk.rowCount = count
        for (const [index, key] of keyValues.entries())
          chunk.setColumnValues(index, [...key.slice(start, start + count)])
        for (let column = 0; column < names.length; column++) {
          const vector = chunk.getColumnVector(keys.length + column)
          for (let i = 0; i < count; i++) vector.setItem(i, values[(start + i) * names.length + column])
          vector.flush()
        }
        appender.appendDataChunk(chunk)
      }
    },
    async finish() {
      appender.closeSync()
      const selected = keys.map(({ name, kind }) =>
        kind === 'timestamp' ? `make_timestamp(${quoteName(name)}) AS ${quoteName(name)}` : quoteName(name),
      )
      const query = `SELECT ${[...selected, ...names.map(quoteName)].join(', ')} FROM rows`
      await connection.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`)
    },
    async release() {
      if (open) close()
      open = false
    },
  }
}
