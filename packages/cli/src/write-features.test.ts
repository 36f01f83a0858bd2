import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, lstmAutoencoder } from '@tempocode/models'
import { type Encoder, loadEncoder } from '@tempocode/runtime'
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
