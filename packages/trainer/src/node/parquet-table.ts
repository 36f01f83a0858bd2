import { open } from 'node:fs/promises'
import { version } from '@tempocode/core'
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'
import { appendFloats } from './parquet-floats.js'
import type { KeyColumn, KeyValues, TableFormat } from './table.js'

const GROUP = { values: 2 ** 20, rows: 2 ** 17 } // in a row group, at most

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

const ELEMENTS: Record<KeyColumn['kind'], Omit<Element, 'name'>> = {
  timestamp: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
  },
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
}

/** A row group is written while the next one fills, so that memory holds two of them and no more. */
export const parquetTable: TableFormat = async (path, keys, names) => {
  const file = await open(path, 'wx')
  const bytes = new ByteWriter()
  const { buffer, view } = new ByteWriter()
  let spare = { buffer, view }
  let writing = Promise.resolve()
  const flush = async () => {
    await writing
    writing = file.appendFile(bytes.getBytes())
    writing.catch(() => {}) // whoever waits for it is told
    const { buffer, view } = bytes
    Object.assign(bytes, spare, { index: 0 })
    spare = { buffer, view }
  }
  const columns: Omit<Element, 'repetition_type'>[] = [
    ...keys.map(({ name, kind }) => ({ name, ...ELEMENTS[kind] })),
    ...names.map((name): Element => ({ name, type: 'FLOAT' })),
  ]
  const parquet = new ParquetWriter({
    writer: Object.assign(bytes, { finish: flush }),
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.map((column): Element => ({ ...column, repetition_type: 'REQUIRED' })),
    ],
    createdBy: `tempocode version ${version}`,
  })
  const group = new RowGroup(keys, names)
  const write = async () => {
    if (keys.length === 0) {
      parquet.row_groups.push({ columns: [], num_rows: BigInt(group.rows), total_byte_size: 0n })
      parquet.num_rows += BigInt(group.rows)
    }
    // One page for each column, as small as the group is: looking for its end takes time.
    await parquet.write({ columnData: group.keyColumns(), rowGroupSize: group.rows, pageSize: 0 })
    const written = parquet.row_groups[parquet.row_groups.length - 1]
    names.forEach((name, k) => {
      appendFloats(bytes, written, name, group.values(k))
    })
    await flush()
    group.rows = 0
  }
  let closed = false
  return {
    async append(keyValues, values) {
      const all = values.length / names.length
      for (let row = 0; row < all; ) {
        row += group.add(keyValues, values, row, all)
        if (group.isFull) await write()
      }
    },
    async finish() {
      if (group.rows > 0) await write()
      await parquet.finish()
      await writing
    },
    async release() {
      await writing.catch(() => {}) // what ends the table's writing has been thrown before
      if (!closed) await file.close()
      closed = true
    },
  }
}

/** Rows, column by column, until they are written. */
class RowGroup {
  rows = 0
  readonly #capacity: number
  readonly #keys: (Exclude<KeyValues, readonly string[]> | string[])[]
  readonly #values: Float32Array[]

  constructor(
    private readonly keys: readonly KeyColumn[],
    private readonly names: readonly string[],
  ) {
    this.#capacity = Math.max(1, Math.min(GROUP.rows, Math.floor(GROUP.values / names.length)))
    this.#keys = keys.map(({ kind }) => arrayFor(kind, this.#capacity))
    this.#values = names.map(() => new Float32Array(this.#capacity))
  }

  get isFull(): boolean {
    return this.rows === this.#capacity
  }

  /** Takes rows [first, end), or as many of them as there is room for. @returns how many */
  add(keyValues: readonly KeyValues[], values: Float32Array, first: number, end: number): number {
    const count = Math.min(end - first, this.#capacity - this.rows)
    const width = this.names.length
    this.#keys.forEach((column, k) => {
      for (let i = 0; i < count; i++) column[this.rows + i] = keyValues[k][first + i]
    })
    this.#values.forEach((column, k) => {
      gather(values.subarray(first * width + k), width, column.subarray(this.rows, this.rows + count))
    })
    this.rows += count
    return count
  }

  keyColumns(): ColumnSource[] {
    return this.keys.map(({ name, kind }, k): ColumnSource => {
      const data = this.#keys[k].slice(0, this.rows)
      const isWhole = kind === 'timestamp' || kind === 'integer'
      return { name, data, ...(isWhole && { encoding: 'DELTA_BINARY_PACKED' }) }
    })
  }

  /** Of column k. */
  values(k: number): Float32Array {
    return this.#values[k].subarray(0, this.rows)
  }
}

/** Fills a column with every `width`th value. A function of its own takes half the time of a loop in a closure. */
function gather(values: Float32Array, width: number, column: Float32Array): void {
  for (let i = 0, from = 0; i < column.length; i++, from += width) column[i] = values[from]
}

function arrayFor(kind: KeyColumn['kind'], rows: number) {
  if (kind === 'timestamp') return new BigInt64Array(rows)
  if (kind === 'integer') return new Int32Array(rows)
  return kind === 'number' ? new Float64Array(rows) : new Array<string>(rows)
}
