import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quotePath, withDuckDB } from './duckdb.js'
import type { KeyColumn } from './table.js'
import { openTable } from './write-table.js'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tempocode-'))
})
afterAll(() => rm(directory, { recursive: true }))

const KEYS: KeyColumn[] = [
  { name: 'time', kind: 'timestamp' },
  { name: 'row', kind: 'integer' },
  { name: 'at', kind: 'number' },
  { name: 'a "machine"', kind: 'text' },
]
const NOON = 1262347200_000_000n // 2010-01-01 12:00:00

const write = async (path: string) => {
  const table = await openTable(path, KEYS, ['f0', 'f1'])
  await table.append(
    [
      BigInt64Array.of(NOON, NOON + 250_000n),
      Int32Array.of(1, 2),
      Float64Array.of(0.1, 1e100),
      ['m1', 'x, "y"'],
    ],
    Float32Array.of(0.1, -2, 3e-7, 1e9),
  )
  await table.append(
    [BigInt64Array.of(-1n), Int32Array.of(3), Float64Array.of(-1), ['']],
    Float32Array.of(1 / 3, 0),
  )
  await table.close()
}

test('CSV has a header, time stamps that people read, and the shortest numbers', async () => {
  const path = join(directory, 'features.csv')
  await write(path)
  expect((await readFile(path, 'utf8')).split('\n')).toEqual([
    'time,row,at,"a ""machine""",f0,f1',
    '2010-01-01 12:00:00,1,0.1,m1,0.1,-2',
    '2010-01-01 12:00:00.25,2,1e+100,"x, ""y""",3e-7,1000000000',
    '1969-12-31 23:59:59.999999,3,-1,,0.33333334,0',
    '',
  ])
})

test.each(['.csv', '.parquet'])('DuckDB reads %s back, value for value', async (ending) => {
  const path = join(directory, `it's * features${ending}`)
  await write(path)
  const rows = await withDuckDB(async (connection) => {
    const read = await connection.runAndReadAll(
      `SELECT epoch_us("time"), "row", "at", "a ""machine""", f0::FLOAT, f1::FLOAT, typeof("time") FROM ${quotePath(path)}`,
    )
    return read.getRows()
  })
  expect(rows.map((row) => row.map((value) => value ?? ''))).toEqual([
    [NOON, ending === '.csv' ? 1n : 1, 0.1, 'm1', Math.fround(0.1), -2, 'TIMESTAMP'],
    [NOON + 250_000n, ending === '.csv' ? 2n : 2, 1e100, 'x, "y"', Math.fround(3e-7), 1e9, 'TIMESTAMP'],
    [-1n, ending === '.csv' ? 3n : 3, -1, '', Math.fround(1 / 3), 0, 'TIMESTAMP'],
  ])
})

test.each(['.csv', '.parquet'])('rows of %s keep their order over many chunks', async (ending) => {
  const path = join(directory, `many${ending}`)
  const table = await openTable(path, [{ name: 'row', kind: 'integer' }], ['f0', 'f1', 'f2'])
  const [chunk, count] = [5000, 30] // more than a row group of Parquet
  for (let start = 0; start < chunk * count; start += chunk) {
    const rows = Int32Array.from({ length: chunk }, (_, i) => start + i)
    await table.append(
      [rows],
      Float32Array.from({ length: 3 * chunk }, (_, i) => 3 * start + i),
    )
  }
  await table.close()
  const query = `SELECT count(*), count(*) FILTER (f0 = 3 * "row" AND f1 = f0 + 1 AND f2 = f0 + 2),
    count(*) FILTER ("row" = number - 1) FROM (SELECT *, row_number() OVER () AS number FROM ${quotePath(path)})`
  const rows = await withDuckDB(async (connection) => (await connection.runAndReadAll(query)).getRows())
  expect(rows).toEqual([[150_000n, 150_000n, 150_000n]])
})

test.each([0, 1])('with %i keys, Parquet columns of all row groups lie back to back', async (width) => {
  const path = join(directory, `back-to-back-${width}.parquet`)
  const rows = 150_000 // two row groups
  const keys = [{ name: 'row', kind: 'integer' as const }].slice(0, width)
  const table = await openTable(path, keys, ['f0', 'f1'])
  const values = Float32Array.from({ length: 2 * rows }, (_, i) => i)
  await table.append([Int32Array.from({ length: rows }, (_, i) => i)].slice(0, width), values)
  await table.close()
  const query = `SELECT count(*), sum(num_values), count(*) FILTER (data_page_offset = begin AND row_group_bytes = bytes)
    FROM (SELECT *, sum(total_uncompressed_size) OVER (PARTITION BY row_group_id) AS bytes,
      lag(data_page_offset + total_compressed_size, 1, 4) OVER (ORDER BY row_group_id, column_id) AS begin
      FROM parquet_metadata(${quotePath(path)})) WHERE path_in_schema != 'row'`
  await withDuckDB(async (connection) => {
    const columns = await connection.runAndReadAll(query)
    expect(columns.getRows()).toEqual([[4n, 300_000n, 4n]])
    const sums = await connection.runAndReadAll(`SELECT sum(f0), sum(f1) FROM ${quotePath(path)}`)
    expect(sums.getRows()).toEqual([[rows * (rows - 1), rows * rows]])
  })
})

test.each(['.csv', '.parquet'])(
  'after abort, and after a failure, the old %s is whole and alone',
  async (ending) => {
    const place = await mkdtemp(join(directory, 'abort-'))
    const path = join(place, `old${ending}`)
    await writeFile(path, 'old')
    const aborted = await openTable(path, [], ['f0'])
    await aborted.append([], Float32Array.of(1, 2))
    expect(await readFile(path, 'utf8')).toBe('old')
    await aborted.abort()
    const failed = await openTable(path, [{ name: 'row', kind: 'integer' }], ['f0'])
    await expect(failed.append([Int32Array.of(1)], Float32Array.of(1, 2))).rejects.toMatchObject({
      code: 'data',
      message: 'keys of [1] rows do not fit 1 key columns and 2 rows of values',
    })
    expect(await readdir(place)).toEqual([`old${ending}`])
    expect(await readFile(path, 'utf8')).toBe('old')
  },
)

test('a target that cannot be is refused before anything is written', async () => {
  const refused = (path: string, message: RegExp) =>
    expect(openTable(path, [], ['f0'])).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(message),
    })
  await refused(join(directory, 'features.xlsx'), /use a name that ends in \.csv or \.parquet/)
  await refused(join(directory, 'none', 'features.csv'), /there is no directory/)
  await mkdir(join(directory, 'd.csv'))
  await refused(join(directory, 'd.csv'), /is a directory/)
})
