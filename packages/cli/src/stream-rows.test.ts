import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type StreamRow, type StreamRowsOptions, streamRows } from './stream-rows.js'

const OPTIONS: StreamRowsOptions = { columns: ['a', 'b'], missing: 'error' }
const bytes = (text: string) => new TextEncoder().encode(text)

async function* chunks(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? bytes(text) : text
}

async function read(input: AsyncIterable<Uint8Array>, options: Partial<StreamRowsOptions> = {}) {
  const rows: StreamRow[] = []
  for await (const row of await streamRows(input, { ...OPTIONS, ...options })) rows.push(row)
  return rows
}

const values = (rows: StreamRow[]) => rows.map((row) => row.values && [...row.values])

test('columns are found by their names, and rows counted', async () => {
  const rows = await read(chunks('t,b,x,a\n0,1,?,2\n1,3,?,4\n'), { time: 't' })
  expect(values(rows)).toEqual([
    [2, 1],
    [4, 3],
  ])
  expect(rows.map(({ row, time, group }) => [row, time, group])).toEqual([
    [1, '0', undefined],
    [2, '1', undefined],
  ])
})

test('a row is given before the next one comes', async () => {
  let asked = 0
  async function* input() {
    for (const line of ['a,b\n', '1,2\n', '3,4\n']) {
      asked++
      yield bytes(line)
    }
  }
  const rows = await streamRows(input(), OPTIONS)
  expect(asked).toBe(1)
  await rows.next()
  expect(asked).toBe(2)
  await rows.next()
  expect(asked).toBe(3)
})

test.each([
  ['line ends of Windows', 'a,b\r\n1,2\r\n3,4\r\n'],
  ['a byte order mark', '\ufeffa,b\n1,2\n3,4\n'],
  ['no end of the last line', 'a,b\n1,2\n3,4'],
  ['blank lines', '\na,b\n\n1,2\n \n3,4\n\n'],
  ['semicolons', 'a;b\n1;2\n3;4\n'],
  ['tabs', 'a\tb\n1\t2\n3\t4\n'],
  ['quotes and spaces', '"a", b\n"1",2\n 3 ,"4"\n'],
])('%s', async (_name, text) => {
  expect(values(await read(chunks(text)))).toEqual([
    [1, 2],
    [3, 4],
  ])
})

test('a delimiter in quotes is text', async () => {
  const [row] = await read(chunks('"x,y",a,b\n"1,2",3,4\n'), { groupBy: 'x,y' })
  expect(row).toMatchObject({ group: '1,2', values: Float32Array.of(3, 4) })
})

test('however bytes are cut, rows are the same', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 12 }), async (cuts) => {
      const all = bytes('größe;a;b\r\nä;1,5;2\r\n€;-3;4e2\r\n😀;5;6')
      const parts: Uint8Array[] = []
      let rest = all
      for (const cut of cuts) {
        parts.push(rest.subarray(0, cut))
        rest = rest.subarray(cut)
      }
      const rows = await read(chunks(...parts, rest), { groupBy: 'größe' })
      expect(rows.map(({ group }) => group)).toEqual(['ä', '€', '😀'])
      expect(values(rows)).toEqual([
        [1.5, 2],
        [-3, 400],
        [5, 6],
      ])
    }),
    { seed: 0, numRuns: 100 },
  ))

test('the first fraction decides between point and comma', async () => {
  expect(values(await read(chunks('a;b\n1;2,5\n3,25;4\n')))).toEqual([
    [1, 2.5],
    [3.25, 4],
  ])
  await expect(read(chunks('a;b\n1;2,5\n3.25;4\n'))).rejects.toThrow('line 3: "3.25" in column "a" is not')
  await expect(read(chunks('a;b\n1;2.5\n3,25;4\n'))).rejects.toThrow('line 3: "3,25" in column "a" is not')
})

test.each(['', 'NA', 'N/A', 'null', 'NULL', 'None', 'NaN', 'nan'])('"%s" is a missing value', async (gap) => {
  const text = `a,b\n1,2\n3,${gap}\n5,6\n`
  expect(values(await read(chunks(text), { missing: 'drop' }))).toEqual([[1, 2], undefined, [5, 6]])
  await expect(read(chunks(text))).rejects.toMatchObject({
    code: 'data',
    message:
      'standard input, line 3: column "b": a value is missing; use --missing drop to leave such rows out',
    place: { line: 3, column: 'b' },
  })
})

describe('refuses', () => {
  const cases: [
    name: string,
    text: string | Uint8Array,
    message: string,
    options?: Partial<StreamRowsOptions>,
  ][] = [
    ['nothing at all', '', 'standard input is empty; its first line must name the columns'],
    ['blank lines alone', '\n\n', 'standard input is empty; its first line must name the columns'],
    ['a column that is not there', 'a,c\n', 'standard input, line 1: there is no column "b"; there are a, c'],
    ['a column that is there twice', 'a,b,a\n', 'standard input, line 1: column "a" is there twice'],
    ['no group', 'a,b\n', 'standard input, line 1: there is no column "g"; there are a, b', { groupBy: 'g' }],
    ['few values', 'a,b\n\n1\n', 'standard input, line 3: 1 value where the first line has 2'],
    ['many values', 'a,b\n1,2,3\n', 'standard input, line 2: 3 values where the first line has 2'],
    ['a text', 'a,b\n1,x\n', 'standard input, line 2: "x" in column "b" is not a number'],
    ['a hexadecimal', 'a,b\n1,0x1\n', 'standard input, line 2: "0x1" in column "b" is not a number'],
    ['infinity', 'a,b\n1,inf\n', 'standard input, line 2: "inf" in column "b" is not a number'],
    [
      'more than 32 bits',
      'a,b\n1,1e39\n',
      'standard input, line 2: 1e39 in column "b" is not allowed; values must be finite 32-bit numbers',
    ],
    [
      'a group without name',
      'a,b,g\n1,2,\n',
      'standard input, line 2: column "g": a value is missing',
      { groupBy: 'g' },
    ],
    [
      'a quote left open',
      'a,b\n"1,2\n3,4\n',
      'standard input, line 2: quotes are out of place, or not closed in the line',
    ],
    ['other bytes', Uint8Array.of(97, 44, 98, 10, 49, 255, 10), 'standard input, line 2: not UTF-8 text'],
    [
      'an endless line',
      `a,b\n${'1'.repeat(2 ** 20 + 1)}`,
      'standard input, line 2: longer than 1048576 characters',
    ],
  ]
  test.each(cases)('%s', async (_name, text, message, options) => {
    await expect(read(chunks(text), options)).rejects.toMatchObject({ code: 'data', message })
  })
})
