import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { toOnnx, toStreamOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, lstmAutoencoder } from '@tempocode/models'
import { type Encoder, loadEncoder } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomeOf, Workplace } from './command.js'
import { randomizeWeights } from './random-models.js'

// `tempocode encode DIR - --stream` as it stands in a pipe: rows are written one by one, and each answer is awaited before
// the next row is written.

const [WINDOW, ROWS] = [4, 9]
const place = new Workplace()
const random = new Random(0, 'encode-stream')
const rows = Array.from({ length: ROWS }, () =>
  Float32Array.of(5 + random.normal(), 100 + 20 * random.normal()),
)
const line = (row: Float32Array) => `${row.join(',')}\n`
const stream = (...more: string[]) => ['encode', 'encoder.onnx', '-', '--stream', ...more]
let encoder: Encoder

beforeAll(async () => {
  await tf.setBackend('cpu')
  const model = lstmAutoencoder({ window: WINDOW, columns: 2, units: [5, 3] })
  randomizeWeights(model, random)
  const scaler = { kind: 'standard' as const, center: [5, 100], scale: [1, 20] }
  const details = { columns: ['pressure', 'flow'], scaler }
  const network = encoderOf(model)
  writeFileSync(place.path('encoder.onnx'), toOnnx(network, details))
  writeFileSync(place.path('encoder.stream.onnx'), toStreamOnnx(network, details))
  writeFileSync(place.path('grouped.onnx'), toOnnx(network, { ...details, groupBy: 'machine' }))
  writeFileSync(place.path('grouped.stream.onnx'), toStreamOnnx(network, { ...details, groupBy: 'machine' }))
  writeFileSync(place.path('alone.onnx'), toOnnx(network, details))
  encoder = await loadEncoder(place.path('encoder.onnx'), { device: 'cpu' })
})
afterAll(async () => {
  await encoder.dispose()
  place.remove()
})

/** A filter under way. */
function filter(...args: string[]) {
  const child = place.startFilter(args)
  const end = outcomeOf(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    end,
    write: (text: string) => child.stdin.write(text),
    /** The next line that it writes. */
    next: async (): Promise<string> => (await lines.next()).value,
  }
}

/** What a filter makes of a whole input. */
async function filtered(input: string, ...args: string[]) {
  const child = place.startFilter(args)
  child.stdin.end(input)
  return outcomeOf(child)
}

/** Texts, then features as 32-bit floats, so that equal means to the bit. */
const parse = (text: string, texts = 1) => {
  const fields = text.split(',')
  return { keys: fields.slice(0, texts), features: Float32Array.from(fields.slice(texts), Number) }
}

test('each row is answered before the next one is there, by the features of all rows so far', async () => {
  const { write, next, end, child } = filter(...stream())
  const pushed = encoder.stream()
  write('time,pressure,flow\n')
  expect(await next()).toBe('row,f0,f1,f2')
  for (const [i, row] of rows.entries()) {
    write(`t${i},${line(row)}`)
    expect(parse(await next())).toEqual({ keys: [String(i + 1)], features: await pushed.push(row) })
  }
  child.stdin.end()
  expect(await end).toMatchObject({ code: 0, stderr: '' })
})

test('--hop: each window is answered by what encode gives for it', async () => {
  const { write, next, end, child } = filter(...stream('--hop', '2', '--time', 'at'))
  const { data } = await encoder.encodeSeries(Float32Array.from(rows.flatMap((row) => [...row])), {
    stride: 2,
  })
  write('at,flow,pressure\n')
  expect(await next()).toBe('at,f0,f1,f2')
  for (const [i, [pressure, flow]] of rows.entries()) {
    write(`"8,${i}",${flow},${pressure}\n`)
    if (i < WINDOW - 1 || (i - WINDOW + 1) % 2 !== 0) continue
    const window = (i - WINDOW + 1) / 2
    const [before, after] = ['"8', `${i}"`]
    expect(parse(await next(), 2)).toEqual({
      keys: [before, after],
      features: data.slice(3 * window, 3 * window + 3),
    })
  }
  child.stdin.end()
  expect((await end).code).toBe(0)
})

describe('groups', () => {
  const names = ['left', 'right']
  const input = ['machine,pressure,flow\n', ...rows.map((row, i) => `${names[i % 2]},${line(row)}`)].join('')

  test('are streams of their own, by the column that the encoder knows', async () => {
    const { code, stdout, stderr } = await filtered(input, ...stream().with(1, 'grouped.onnx'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [header, ...lines] = stdout.trimEnd().split('\n')
    expect(header).toBe('machine,row,f0,f1,f2')
    const streams = names.map(() => encoder.stream())
    expect(lines.length).toBe(ROWS)
    for (const [i, text] of lines.entries()) {
      const features = await streams[i % 2].push(rows[i])
      expect(parse(text, 2)).toEqual({ keys: [names[i % 2], String(i + 1)], features })
    }
  })

  test('are one stream where that is asked for', async () => {
    const { stdout } = await filtered(input, ...stream('--no-group-by').with(1, 'grouped.onnx'))
    const pushed = encoder.stream()
    const expected = []
    for (const row of rows) expected.push(await pushed.push(row))
    const [header, ...lines] = stdout.trimEnd().split('\n')
    expect(header).toBe('row,f0,f1,f2')
    expect(lines.map((text) => parse(text).features)).toEqual(expected)
  })
})

test('--missing drop leaves a row out, and begins anew after it', async () => {
  const input = `pressure,flow\n${line(rows[0])}${line(rows[1])}5,\n${line(rows[2])}`
  const { code, stdout, stderr } = await filtered(input, ...stream('--missing', 'drop'))
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'tempocode: warning: 1 row with missing values left out\n',
  })
  const lines = stdout.trimEnd().split('\n').slice(1)
  const pushed = encoder.stream()
  const first = [await pushed.push(rows[0]), await pushed.push(rows[1])]
  await pushed.reset()
  expect(lines.map((text) => parse(text))).toEqual([
    { keys: ['1'], features: first[0] },
    { keys: ['2'], features: first[1] },
    { keys: ['4'], features: await pushed.push(rows[2]) },
  ])
})

test('--out is a new file that grows with the rows', async () => {
  const { write, end, child } = filter(...stream('--out', 'live.csv'))
  write(`pressure,flow\n${line(rows[0])}`)
  child.stdin.end()
  expect(await end).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(readFileSync(place.path('live.csv'), 'utf8')).toMatch(/^row,f0,f1,f2\n1(,-?[\d.e-]+){3}\n$/)
})

test('Ctrl-C ends it; what was written is whole', async () => {
  const { write, next, end, child } = filter(...stream())
  write(`pressure,flow\n${line(rows[0])}`)
  await next()
  await next()
  child.kill('SIGINT')
  const { code, stdout, stderr } = await end
  expect({ code, stderr }).toEqual({ code: 130, stderr: 'tempocode: stopped after 1 row\n' })
  expect(stdout.split('\n').length).toBe(3)
})

test('a reader that has enough, such as head, ends it without a word', async () => {
  const { write, next, child } = filter(...stream())
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  write('pressure,flow\n')
  await next()
  child.stdin.on('error', () => {}) // it ends while rows are still written to it
  child.stdout.destroy()
  const exit = once(child, 'exit')
  const feed = (error?: Error | null) => {
    if (!error) child.stdin.write(line(rows[0]), feed)
  }
  feed()
  expect(await exit).toEqual([0, null])
  expect(stderr).toBe('')
})

describe('refuses', () => {
  const table = `pressure,flow\n${line(rows[0])}`
  const cases: [name: string, input: string, args: string[], message: RegExp][] = [
    [
      'a bad value',
      `${table}1,x\n`,
      stream(),
      /^standard input, line 3: "x" in column "flow" is not a number$/,
    ],
    [
      'a gap',
      `${table}1,\n`,
      stream(),
      /^standard input, line 3: column "flow": a value is missing; use --missing/,
    ],
    [
      'a column that is not there',
      'pressure\n1\n',
      stream(),
      /^standard input, line 1: there is no column "flow"/,
    ],
    ['no input', '', stream(), /^standard input is empty; its first line must name the columns$/],
    [
      '- without --stream',
      table,
      ['encode', 'encoder.onnx', '-'],
      /^DATA "-" is standard input; use it with --stream$/,
    ],
    [
      '--stream of a file',
      table,
      stream().with(2, 'x.csv'),
      /^--stream reads standard input; use - instead of DATA "x\.csv"$/,
    ],
    [
      '--hop without --stream',
      table,
      ['encode', 'encoder.onnx', 'x.csv', '--out', 'x.csv', '--hop', '1'],
      /^--hop is for --stream alone; use --stride$/,
    ],
    [
      'no --out',
      table,
      ['encode', 'encoder.onnx', 'x.csv'],
      /^--out is missing; only --stream writes to standard output$/,
    ],
    ['--stride', table, stream('--stride', '2'), /^--stride is not for --stream$/],
    ['--json', table, stream('--json'), /^--json is not for --stream$/],
    [
      'interpolation',
      table,
      stream('--missing', 'interpolate'),
      /^--missing interpolate is not for --stream: it needs/,
    ],
    [
      'Parquet',
      table,
      stream('--out', 'x.parquet'),
      /^--out "x\.parquet" is not allowed with --stream; use a name/,
    ],
    [
      'an old file',
      table,
      stream('--out', 'encoder.onnx.csv'),
      /^cannot write encoder\.onnx\.csv: it is there already/,
    ],
    ['an encoder without step', table, stream().with(1, 'alone.onnx'), /alone\.stream\.onnx.* use --hop 1$/],
  ]
  test.each(cases)('%s', async (_name, input, args, message) => {
    writeFileSync(place.path('encoder.onnx.csv'), 'old')
    const { child, write, end } = filter(...args)
    child.stdin.on('error', () => {}) // some have ended before it is read
    if (input === '') child.stdin.end()
    else write(input) // and leaves it open, as `tail -f` does
    const { code, stderr } = await end
    expect(stderr).toMatch(/^tempocode: [^\n]+\n$/)
    expect(stderr.slice('tempocode: '.length, -1)).toMatch(message)
    expect(code).toBe(2)
    expect(readFileSync(place.path('encoder.onnx.csv'), 'utf8')).toBe('old')
  })
})
