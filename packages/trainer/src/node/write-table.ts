import { extname } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import { atomicFile, cannotWrite } from './atomic.js'
import { csvTable } from './csv-table.js'
import { parquetTable } from './parquet-table.js'
import type { KeyColumn, KeyValues, TableFormat } from './table.js'

/** Takes rows as they come. The target's place is not touched before `close`; a failure is followed by `abort`. */
export interface TableWriter {
  /**
   * Adds rows.
   * @param keys the values of each key column, one for each row
   * @param values rows × value columns, a row's values side by side
   */
  append(keys: readonly KeyValues[], values: Float32Array): Promise<void>
  /** Puts the whole table in its place. */
  close(): Promise<void>
  /** Removes what was written; an old file at the target stays as it is. */
  abort(): Promise<void>
}

const FORMATS: Record<string, TableFormat> = { '.csv': csvTable, '.parquet': parquetTable }

/**
 * Opens a table for writing: key columns, which tell what a row is of, then columns of 32-bit floats.
 * @param path ends in .csv or .parquet
 * @throws TempocodeError `file` where the target cannot be written or ends otherwise (`append` and `close` throw it,
 *   too), `data` where columns differ in length
 */
export async function openTable(
  path: string,
  keys: readonly KeyColumn[],
  values: readonly string[],
): Promise<TableWriter> {
  const format = FORMATS[extname(path).toLowerCase()]
  if (format === undefined) {
    throw new TempocodeError('file', `cannot write ${path}: use a name that ends in .csv or .parquet`, {
      file: path,
    })
  }
  const file = await atomicFile(path)
  const table = await format(file.temporary, keys, values).catch((cause) => {
    throw cannotWrite(path, cause)
  })
  const abort = async () => {
    await table.release()
    await file.discard()
  }
  const orAbort = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (cause) {
      await abort()
      throw cannotWrite(path, cause)
    }
  }
  return {
    append: (keyValues, rows) =>
      orAbort(async () => {
        checkLengths(keyValues, rows.length / values.length, keys.length)
        await table.append(keyValues, rows)
      }),
    close: () =>
      orAbort(async () => {
        await table.finish()
        await table.release()
        await file.commit()
      }),
    abort,
  }
}

function checkLengths(keyValues: readonly KeyValues[], rows: number, keys: number): void {
  if (keyValues.length === keys && Number.isInteger(rows) && keyValues.every(({ length }) => length === rows))
    return
  const lengths = keyValues.map(({ length }) => length).join(', ')
  throw new TempocodeError(
    'data',
    `keys of [${lengths}] rows do not fit ${keys} key columns and ${rows} rows of values`,
  )
}
