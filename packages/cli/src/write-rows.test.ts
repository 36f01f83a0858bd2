import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toDecoderOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { decoderOf, lstmAutoencoder } from '@tempocode/models'
import { type Decoder, loadDecoder } from '@tempocode/runtime'
import { readTable, useFastTfjs } from '@tempocode/trainer/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CodedWindows, writeRows } from './write-rows.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
const file = join(directory, 'rows.csv')
let decoder: Decoder

beforeAll(async () => {
  await useFastTfjs()
  const heads = ['reconstruction', 'prediction'] as const
  const model = lstmAutoencoder({ window: 4, columns: 2, units: [3], heads, horizon: 2 })
  decoder = await loadDecoder(toDecoderOnnx(decoderOf(model), { columns: ['a', 'b'] }), { device: 'cpu' })
})
afterAll(async () => {
  await decoder.dispose()
  rmSync(directory, { recursive: true })
})

/** Features of n windows, with a key of each kind. */
function windowsOf(n: number): CodedWindows {
  const random = new Random(0, 'features')
  const from = (value: (i: number) => number) => Array.from({ length: n }, (_, i) => value(i))
  return {
    keys: [
      { name: 'machine', kind: 'text' },
      { name: 'time', kind: 'timestamp' },
      { name: 'row', kind: 'integer' },
      { name: 'hours', kind: 'number' },
    ],
    keyValues: [
      from((i) => i).map((i) => `m${i % 7}`),
      BigInt64Array.from(from((i) => i).map((i) => BigInt(i) * 1_000_000n)),
      Int32Array.from(from((i) => i)),
      Float64Array.from(from((i) => i / 8)),
    ],
    features: Float32Array.from({ length: 3 * n }, () => random.normal()),
  }
}

test('chunk by chunk the same as at once, with the keys of each window beside its rows', async () => {
  const n = 1100 // more windows than are decoded at a time
  const windows = windowsOf(n)
  expect(await writeRows(decoder, windows, file)).toBe(n * 6)
  const { keys, keyValues, values } = await readTable(file, ['a', 'b'])
  expect(keys.map(({ name }) => name)).toEqual(['machine', 'time', 'row', 'hours', 'head', 'step'])
  const { reconstruction, prediction } = await decoder.decode(windows.features)
  const expected = Array.from({ length: n }, (_, w) => [
    ...reconstruction.data.subarray(8 * w, 8 * w + 8),
    ...prediction.data.subarray(4 * w, 4 * w + 4),
  ])
  expect(values).toEqual(Float32Array.from(expected.flat()))
  const window = Array.from({ length: 6 * n }, (_, i) => Math.floor(i / 6))
  windows.keyValues.forEach((of, k) => {
    expect([...keyValues[k]]).toEqual(window.map((w) => of[w]))
  })
  expect([...keyValues[5]].slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 1])
})

test('one head needs no column that names it', async () => {
  const windows = windowsOf(2)
  await writeRows(decoder, windows, file, { heads: ['prediction'] })
  const { keys, keyValues, values } = await readTable(file, ['a', 'b'])
  expect(keys.map(({ name }) => name)).toEqual(['machine', 'time', 'row', 'hours', 'step'])
  expect([...keyValues[4]]).toEqual([5, 6, 5, 6])
  expect(values).toEqual((await decoder.decode(windows.features)).prediction.data)
})

test('columns of one name and heads that there are not are refused, before anything is written', async () => {
  rmSync(file)
  const [key, ...others] = windowsOf(1).keys
  for (const name of ['a', 'step', 'head', 'row']) {
    const windows = { ...windowsOf(1), keys: [{ ...key, name }, ...others] }
    const message = `the table would have two columns "${name}"; rename or leave out that of the features' table`
    await expect(writeRows(decoder, windows, file)).rejects.toMatchObject({ code: 'data', message })
  }
  const message = 'the decoder has no head "error"; use reconstruction, prediction'
  const refused = writeRows(decoder, windowsOf(1), file, { heads: ['error'] })
  await expect(refused).rejects.toMatchObject({ code: 'option', message })
  expect(readdirSync(directory)).toEqual([])
})

test('a signal stops it, and an old file stays', async () => {
  await writeRows(decoder, windowsOf(3), file)
  const before = readFileSync(file, 'utf8')
  const controller = new AbortController()
  const onProgress = () => controller.abort()
  const stopped = writeRows(decoder, windowsOf(1100), file, { signal: controller.signal, onProgress })
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled', place: { file } })
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(readdirSync(directory)).toEqual(['rows.csv'])
})
