import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, lstmAutoencoder } from '@tempocode/models'
import { type Encoder, loadEncoder, poolFeatures } from '@tempocode/runtime'
import { seriesOf } from '@tempocode/trainer'
import { readSeries, useFastTfjs } from '@tempocode/trainer/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeFeatures } from './write-features.js'

const ROWS = 9000 // more windows than are encoded at a time
const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
const file = join(directory, 'features.csv')
let encoder: Encoder

beforeAll(async () => {
  await useFastTfjs()
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [3] })
  encoder = await loadEncoder(toOnnx(encoderOf(model), { columns: ['a', 'b'] }), { device: 'cpu' })
})
afterAll(async () => {
  await encoder.dispose()
  rmSync(directory, { recursive: true })
})

describe('writeFeatures', () => {
  const random = new Random(0, 'rows')
  const values = Float32Array.from({ length: 2 * ROWS }, () => random.normal())
  const time = {
    name: 'hours',
    kind: 'number' as const,
    values: Float64Array.from({ length: ROWS }, (_, i) => i / 4),
  }
  const series = seriesOf(values, { columns: ['a', 'b'], time })

  test.each([1, 2])('stride %i: chunk by chunk the same as at once', async (stride) => {
    const windows = await writeFeatures(encoder, series, file, { stride })
    const expected = await encoder.encodeSeries(values, { stride })
    expect(windows).toBe(expected.shape[0])
    const written = await readSeries(file, { time: 'hours', columns: ['f0', 'f1', 'f2'] })
    expect(written.values).toEqual(expected.data)
    const times = Array.from({ length: windows }, (_, i) => (i * stride + 4) / 4)
    expect([...written.time!.values].map(Number)).toEqual(times)
  })

  test('pooled, a group has one row, of all its windows', async () => {
    const segments = [
      { start: 0, end: 8000, name: 'long' },
      { start: 8000, end: ROWS, name: 'short' },
    ]
    const pool = ['mean', 'last'] as const
    await writeFeatures(encoder, { ...series, segments }, file, { groupBy: 'machine', pool })
    const columns = ['mean_f0', 'mean_f1', 'mean_f2', 'last_f0', 'last_f1', 'last_f2']
    const written = await readSeries(file, { time: 'hours', columns, groupBy: 'machine' })
    expect(written.segments.map(({ name }) => name)).toEqual(['long', 'short'])
    expect([...written.time!.values]).toEqual([7999 / 4, 8999 / 4])
    const expected = await Promise.all(
      segments.map(async ({ start, end }) =>
        poolFeatures(await encoder.encodeSeries(values.subarray(2 * start, 2 * end)), { pool }),
      ),
    )
    expect([...written.values]).toEqual(expected.flatMap(({ data }) => [...data]))
  })

  test('a signal stops it, and an old file stays', async () => {
    await writeFeatures(encoder, series, file, { stride: 100 })
    const before = readFileSync(file, 'utf8')
    const controller = new AbortController()
    const onProgress = () => controller.abort()
    const stopped = writeFeatures(encoder, series, file, { signal: controller.signal, onProgress })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled', place: { file } })
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readdirSync(directory)).toEqual(['features.csv'])
  })
})
