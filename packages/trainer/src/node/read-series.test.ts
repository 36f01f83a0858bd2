import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { TempocodeError } from '@tempocode/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quotePath, withDuckDB } from './duckdb.js'
import { openSeries, type ReadSeriesOptions, readSeries } from './read-series.js'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tempocode-'))
})
afterAll(() => rm(directory, { recursive: true }))

const put = async (name: string, content: string | Uint8Array) => {
  const path = join(directory, name)
  await writeFile(path, content)
  return path
}
const read = async (content: string | Uint8Array, options?: ReadSeriesOptions, name = 'data.csv') =>
  readSeries(await put(name, content), options)

/** The error's message without the directory; it must be ours, and one line. */
async function refusal(work: Promise<unknown>): Promise<TempocodeError & { text: string }> {
  const error = await work.then(
    () => expect.fail('nothing was refused'),
    (cause: unknown) => cause,
  )
  if (!(error instanceof TempocodeError)) throw error
  expect(error.message).not.toContain('\n')
  return Object.assign(error, { text: error.message.replaceAll(`${directory}/`, '') })
}
const refuses = async (work: Promise<unknown>, message: string) =>
  expect((await refusal(work)).text).toBe(message)

const WEATHER = fileURLToPath(
  new URL('../../../../node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv', import.meta.url),
)
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

test('a CSV file with time stamps', async () => {
  const series = await readSeries(WEATHER)
  expect(series).toMatchObject({ columns: ['pressure', 'temperature', 'wind'], rows: 8759 })
  expect(series.segments).toEqual([{ start: 0, end: 8759 }])
  expect([...series.values.subarray(0, 3)]).toEqual([1016.6, 4, 3.8].map(Math.fround))
  expect(series.time).toMatchObject({ name: 'date', kind: 'timestamp' })
  expect(series.time!.values[0]).toBe(1262307600_000_000n) // 2010-01-01T01:00:00
  const two = await readSeries(WEATHER, { columns: ['wind', 'pressure'], limit: 2 })
  expect([...two.values]).toEqual([3.8, 1016.6, 3.8, 1016.6].map(Math.fround))
})

test('the same rows from Parquet, JSON and queries', async () => {
  const series = await readSeries(WEATHER)
  const parquet = join(directory, "it's [1] * weather.parquet")
  const json = join(directory, 'weather.jsonl')
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (FROM '${WEATHER}') TO '${parquet.replaceAll("'", "''")}' (FORMAT parquet)`)
    await connection.run(`COPY (FROM '${WEATHER}') TO '${json}' (FORMAT json)`)
  })
  const query = `from ${quotePath(parquet)} ORDER BY random(); `
  for (const source of [parquet, json, query, `SELECT * FROM '${WEATHER}' -- all of it`]) {
    expect(await readSeries(source), source).toEqual(series)
  }
})

test('rows are ordered by group and time, rows of one time as in the file, and groups are segments', async () => {
  const rows = ['machine,t,x', 'b,2,1', 'a,9,2', 'b,1,3', 'a,3,4', 'b,2,5', 'a,3,6']
  const series = await read(rows.join('\n'), { time: 't', groupBy: 'machine' })
  expect(series.columns).toEqual(['x'])
  expect([...series.values]).toEqual([4, 6, 2, 3, 1, 5])
  expect(series.time).toEqual({ name: 't', kind: 'number', values: Float64Array.of(3, 3, 9, 1, 2, 2) })
  expect(series.segments).toEqual([
    { start: 0, end: 3, name: 'a' },
    { start: 3, end: 6, name: 'b' },
  ])
})

test('without a time, or with two columns that could be it, rows stay as they are', async () => {
  expect((await read('x\n3\n1\n2\n')).time).toBeUndefined()
  const two = await read('d,e,x\n2020-01-02,2020-01-02,1\n2020-01-01,2020-01-03,2\n')
  expect(two).toMatchObject({ columns: ['x'], time: undefined, values: Float32Array.of(1, 2) })
  const dates = await read('d,x\n2020-01-02,1\n2020-01-01,2\n')
  expect(dates.time?.values).toEqual(BigInt64Array.of(1577836800_000_000n, 1577923200_000_000n))
  expect([...dates.values]).toEqual([2, 1])
})

test.each<[string, string | Uint8Array, string[], number[]]>([
  ['byte order mark, CRLF', '\ufeffa,b\r\n1,2\r\n3,4\r\n', ['a', 'b'], [1, 2, 3, 4]],
  ['semicolons and decimal commas', 'a;b\n1,5;2\n-3;4,25\n', ['a', 'b'], [1.5, 2, -3, 4.25]],
  ['tabs', 'a\tb\n1\t2', ['a', 'b'], [1, 2]],
  ['quotes', '"a, b","c"\n"1.5","2"\n', ['a, b', 'c'], [1.5, 2]],
  ['spaces', 'a, b, c\n1, 2.5, 3 \n', ['a', 'b', 'c'], [1, 2.5, 3]],
  ['no header', '1,2\n3,4\n', ['column0', 'column1'], [1, 2, 3, 4]],
  ['a column without a name', ',a\n0,1\n1,2\n', ['column0', 'a'], [0, 1, 1, 2]],
  ['booleans', 'a,b\ntrue,1\nfalse,0\n', ['a', 'b'], [1, 1, 0, 0]],
  ['text beside numbers', 'a,who\n1,x\n2,y\n', ['a'], [1, 2]],
  ['blank lines', 'a,b\n\n1,2\n\n3,4\n\n', ['a', 'b'], [1, 2, 3, 4]],
  ['one column', 'a\n1\n2\n', ['a'], [1, 2]],
])('text files: %s', async (_, content, columns, values) => {
  const series = await read(content)
  expect(series.columns).toEqual(columns)
  expect([...series.values]).toEqual(values)
})

test('a path with quotes, spaces and patterns, compressed', async () => {
  await read('a\n7\n', {}, 'data1.csv')
  expect((await read('a\n1\n', {}, 'data[1].csv')).values).toEqual(Float32Array.of(1))
  const series = await read(new Uint8Array(gzipSync('a;b\n1;2\n')), {}, `it's "x" *?.csv.gz`)
  expect(series).toMatchObject({ columns: ['a', 'b'], values: Float32Array.of(1, 2) })
})

test('missing values are refused in the file’s own rows, filled in, or dropped', async () => {
  const content = 't,a,b\n3,NA,5\n1,1,2\n2,,NaN\n4,4,8\n'
  const options = { time: 't', columns: ['a', 'b'] }
  const error = await refusal(read(content, options))
  const where = 'data.csv, row 1, column "a"'
  expect(error.text).toBe(`3 values are missing, the first in ${where}; use missing "interpolate" or "drop"`)
  expect(error).toMatchObject({ code: 'data', place: { row: 1, column: 'a' } })
  expect((await read(content, { ...options, missing: 'interpolate' })).values).toEqual(
    Float32Array.of(1, 2, 2, 3.5, 3, 5, 4, 8),
  )
  const dropped = await read(content, { ...options, missing: 'drop' })
  expect(dropped.values).toEqual(Float32Array.of(1, 2, 4, 8))
  expect(dropped.segments).toHaveLength(2)
})

const LINES = Array.from({ length: 3000 }, (_, i) => `${i},${i / 4},${i % 7}`)
const withLine = (index: number, line: string) => ['x,y,z', ...LINES.with(index, line)].join('\n')

test.each([0, 1, 1500, 2999])(
  'a row too short, too long or not of numbers is refused in row %i',
  async (index) => {
    const line = index + 2
    await refuses(read(withLine(index, '1,2')), `data.csv, line ${line}: 2 values where the first line has 3`)
    await refuses(read(withLine(index, '1')), `data.csv, line ${line}: 1 value where the first line has 3`)
    await refuses(
      read(withLine(index, '1,2,3,4')),
      `data.csv, line ${line}: 4 values where the first line has 3`,
    )
    const error = await refusal(read(withLine(index, '1,oops,3')))
    const hint = 'columns of numbers are x, z; a missing value is an empty field'
    expect(error.text).toBe(`data.csv, line ${line}: "oops" in column "y" is not a number; ${hint}`)
    expect(error.place).toMatchObject({ line, column: 'y' })
  },
)

test.each<[string, string | Uint8Array, string]>([
  ['empty.csv', '', 'empty.csv is empty'],
  ['blank.csv', '\n\n', 'blank.csv is empty'],
  ['header.csv', 'a,b\n', 'header.csv has no rows'],
  ['short.csv', 'x,y,z\n7,8\n', 'short.csv, line 2: 2 values where the first line has 3'],
  ['long.csv', 'x,y,z\n7,8,9,10\n1,2,3\n', 'long.csv, line 2: 4 values where the first line has 3'],
  [
    'twice.csv',
    'x,y,X\n7,8,9\n',
    'twice.csv, line 1: column "X" is there twice (upper and lower case count as one)',
  ],
  ['binary.csv', Uint8Array.of(1, 0, 255, 254, 10, 7), 'binary.csv is not UTF-8 text'],
  ['nul.csv', 'a,b\n1,\0\n', 'nul.csv is not text: it contains NUL characters'],
  ['latin.csv', latin1('temp °C\n1\n'), 'latin.csv is not UTF-8 text'],
  ['quote.csv', 'a,b\n1,2\n3,"4\n5,6\n', 'quote.csv, line 3: a quote is opened and not closed'],
  ['text.csv', 'a,b\nx,y\n', 'text.csv has no column of numbers to read; it has a (VARCHAR), b (VARCHAR)'],
  [
    'big.csv',
    'a\n1\n1e39\n',
    'big.csv, row 2, column "a": 1e+39 is not allowed; values must be finite 32-bit numbers',
  ],
  [
    'inf.csv',
    'a\n1\n-inf\n',
    'inf.csv, row 2, column "a": -inf is not allowed; values must be finite 32-bit numbers',
  ],
  ['plain.csv.gz', 'a\n1\n', 'cannot read plain.csv.gz: incorrect header check'],
  [
    'a.xlsx',
    'a',
    'a.xlsx is of an unknown kind; use .csv, .tsv, .txt (also with .gz), .parquet, .json, .jsonl or a query',
  ],
])('%s is refused', async (name, content, message) => {
  await refuses(read(content, {}, name), message)
})

test('text that is not UTF-8 far down in a file is refused with its line', async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},1`)
  const bytes = latin1(['a,b', ...lines, '5,°'].join('\n'))
  await refuses(read(bytes), 'data.csv, line 200002: not UTF-8 text')
})

test('what is no file, and what only looks like Parquet', async () => {
  await mkdir(join(directory, 'folder.csv'))
  await refuses(readSeries(join(directory, 'none.csv')), 'none.csv does not exist')
  await refuses(readSeries(join(directory, 'folder.csv')), 'folder.csv is a directory; a file is needed')
  const error = await refusal(read('a,b\n1,2\n', {}, 'fake.parquet'))
  expect(error).toMatchObject({ code: 'file', text: expect.stringMatching(/^fake.parquet: .*Parquet file$/) })
})

test('a query’s mistake is told in one line', async () => {
  await refuses(
    readSeries('SELECT\n nope FROM range(3)'),
    'the query: Referenced column "nope" not found in FROM clause! Candidate bindings: "range"',
  )
  expect(await refusal(readSeries("FROM 'none.csv'"))).toMatchObject({ code: 'file' })
  await refuses(readSeries('SELECT 1 AS a LIMIT 0'), 'the query has no rows')
  await refuses(readSeries('SELECT 1 AS a; DROP TABLE a'), 'the query: syntax error at or near ";"')
})

test('columns that are not there or cannot be used', async () => {
  const content = 'who,t,x\nm1,2020-01-01,1\nm2,2020-01-02,2\n'
  await refuses(read(content, { columns: ['y'] }), 'data.csv has no column "y"; it has who, t, x')
  await refuses(read(content, { groupBy: 'y' }), 'data.csv has no column "y"; it has who, t, x')
  const numbers = 'columns of numbers are x; a missing value is an empty field'
  const text = `"m1" in column "who" is not a number; ${numbers}`
  await refuses(read(content, { columns: ['who'] }), `data.csv, line 2: ${text}`)
  await refuses(
    read(content, { columns: ['t'] }),
    `column "t" of data.csv is DATE, with "2020-01-01" in row 1; ${numbers}`,
  )
  await refuses(
    readSeries("SELECT 'm1' AS who, 1 AS x", { columns: ['who'] }),
    `column "who" of the query is VARCHAR, with "m1" in row 1; ${numbers}`,
  )
  await refuses(read(content, { columns: ['x', 'x'] }), 'column "x" is asked for twice')
})

test('times and groups must be there, and times be times', async () => {
  await refuses(
    read('t,x\n2020-01-01,1\nsoon,2\n', { time: 't' }),
    '"soon" in data.csv, row 2, column "t" is not a time; use time stamps such as 2010-01-31 23:59:00, or numbers',
  )
  await refuses(read('t,x\n1,1\n,2\n', { time: 't' }), 'data.csv, row 2, column "t": a value is missing')
  await refuses(read('t,x\n1,1\nNaN,2\n', { time: 't' }), 'data.csv, row 2, column "t": nan is not finite')
  await refuses(read('g,x\na,1\n,2\n', { groupBy: 'g' }), 'data.csv, row 2, column "g": a value is missing')
})

test('options that are unknown or not allowed', async () => {
  const misspelt = { colums: ['x'] } as ReadSeriesOptions
  await refuses(
    read('x\n1\n', misspelt),
    'option "colums" is unknown; use one of time, columns, groupBy, missing, limit',
  )
  await refuses(read('x\n1\n', { limit: 0 }), 'limit 0 is not allowed; use a whole number above 0')
  const missing = 'fill' as 'drop'
  await refuses(read('x\n1\n', { missing }), 'missing "fill" is unknown; use one of error, interpolate, drop')
})

test('a large file keeps its order, as a whole or within each time', async () => {
  const path = join(directory, 'large.csv')
  await withDuckDB(async (connection) => {
    const rows = 'SELECT i AS row, (i * 7919) % 300 AS t FROM range(300000) r(i)'
    await connection.run(`COPY (${rows}) TO '${path}'`)
  })
  const plain = await readSeries(path, { columns: ['row'] })
  expect(plain.values.findIndex((row, i) => row !== i)).toBe(-1)
  const { values, time } = await readSeries(path, { columns: ['row'], time: 't' })
  // each of the 300 times comes a thousand times, every 300 rows
  expect(time!.values.findIndex((t, i) => t !== Math.floor(i / 1000))).toBe(-1)
  expect(values.findIndex((row, i) => i % 1000 > 0 && row !== values[i - 1] + 300)).toBe(-1)
})

test.each([
  ['in order', 'SELECT i // 5000 AS machine, i AS t, sin(i) AS x FROM range(20000) AS r(i)', 'error'],
  ['out of order', 'SELECT i % 3 AS machine, i // 7 AS t, sin(i) AS x FROM range(20000) AS r(i)', 'error'],
  ['with gaps', 'SELECT 1 AS machine, i AS t, nullif(i % 9, 4) AS x FROM range(5000) AS r(i)', 'drop'],
] as const)('a series %s is the same in pieces', async (_, query, missing) => {
  const options = { time: 't', groupBy: 'machine', missing }
  const whole = await readSeries(query, options)
  const reader = await openSeries(query, options)
  expect(reader).toMatchObject({ columns: ['x'], rows: whole.rows, groupBy: 'machine' })
  expect(reader.time).toMatchObject({ name: 't', kind: 'number' })
  const values: number[] = []
  const times: number[] = []
  const segments: typeof whole.segments = []
  for await (const piece of reader.pieces()) {
    for (const [i, { start, end, name }] of piece.segments.entries()) {
      if (i === 0 && piece.continues) segments[segments.length - 1].end = values.length + end
      else segments.push({ start: values.length + start, end: values.length + end, name })
    }
    times.push(...Array.from(piece.time!.values, Number))
    values.push(...piece.values)
  }
  reader.close()
  expect(values).toEqual([...whole.values])
  expect(times).toEqual([...whole.time!.values])
  expect(segments).toEqual(whole.segments)
})
