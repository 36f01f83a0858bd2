import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readTable } from './read-table.js'
import type { KeyColumn, KeyValues } from './table.js'
import { openTable } from './write-table.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
afterAll(() => rmSync(directory, { recursive: true }))
const path = (name: string) => join(directory, name)

const KEYS: KeyColumn[] = [
  { name: 'machine', kind: 'text' },
  { name: 'time', kind: 'timestamp' },
  { name: 'row', kind: 'integer' },
  { name: 'hours', kind: 'number' },
]
const VALUES: KeyValues[] = [
  ['left', 'a "b", c'],
  BigInt64Array.of(1_704_067_200_000_000n, 1_704_067_200_500_000n),
  Int32Array.of(-1, 2147483647),
  Float64Array.of(0.1, 1e300),
]
const FLOATS = Float32Array.of(1, 0.1, -2, 3e38)

async function write(file: string, keys = KEYS, keyValues = VALUES) {
  const table = await openTable(path(file), keys, ['f0', 'f1'])
  await table.append(keyValues, FLOATS)
  await table.close()
}

test.each(['table.csv', 'table.parquet'])(
  'what was written to %s is read, and written again',
  async (file) => {
    await write(file)
    const { keys, keyValues, values, rows } = await readTable(path(file), ['f0', 'f1'])
    expect({ keys, keyValues, values, rows }).toEqual({
      keys: KEYS,
      keyValues: VALUES,
      values: FLOATS,
      rows: 2,
    })
    await write('again.csv', keys, keyValues)
    await write('first.csv')
    expect(readFileSync(path('again.csv'), 'utf8')).toBe(readFileSync(path('first.csv'), 'utf8'))
  },
)

test('values may stand anywhere, and in any order; keys are what else there is', async () => {
  writeFileSync(path('mixed.csv'), 'f1,id,f0,note,flag\n1,9223372036854775807,2,,true\n3,4,5,x,false\n')
  expect(await readTable(path('mixed.csv'), ['f0', 'f1'])).toEqual({
    keys: [
      { name: 'id', kind: 'text' }, // not a number of 32 bits
      { name: 'note', kind: 'text' }, // one is missing
      { name: 'flag', kind: 'text' },
    ],
    keyValues: [
      ['9223372036854775807', '4'],
      ['', 'x'],
      ['true', 'false'],
    ],
    values: Float32Array.of(2, 1, 5, 3),
    rows: 2,
  })
})

test('more rows than DuckDB hands out at once stay in their order', async () => {
  const query = 'SELECT i AS f0, i + 0.5 AS f1, i AS key FROM range(10000) AS r(i)'
  const { keyValues, values, rows } = await readTable(query, ['f0', 'f1'])
  expect(rows).toBe(10_000)
  expect(keyValues[0]).toEqual(Int32Array.from({ length: rows }, (_, i) => i))
  expect(values).toEqual(Float32Array.from({ length: 2 * rows }, (_, k) => k / 2))
})

test.each([
  ['a missing file', 'none.csv', undefined, /none\.csv does not exist$/],
  ['a missing column', 'a.csv', 'f0\n1\n', /a\.csv has no column "f1"; it has f0$/],
  [
    'text',
    'b.csv',
    'f0,f1\n1,2\n3,x\n',
    /b\.csv, line 3: "x" in column "f1" is not a number; columns of numbers are f0/,
  ],
  ['a missing value', 'c.csv', 'f0,f1\n1,2\n3,\n', /c\.csv, row 2, column "f1": not a finite 32-bit number$/],
  ['infinity', 'd.csv', 'f0,f1\ninf,2\n1,2\n', /d\.csv, row 1, column "f0": not a finite 32-bit number$/],
  ['a number too large', 'e.csv', 'f0,f1\n1,2\n1e39,2\n', /e\.csv, row 2, column "f0": not a finite/],
  ['no rows', 'f.csv', 'f0,f1\n', /f\.csv has no rows$/],
])('%s: refused', async (_, name, content, message) => {
  if (content !== undefined) writeFileSync(path(name), content)
  const read = readTable(path(name), ['f0', 'f1'])
  await expect(read).rejects.toMatchObject({
    name: 'TempocodeError',
    message: expect.stringMatching(message),
  })
})
