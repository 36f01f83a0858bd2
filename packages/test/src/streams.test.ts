import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toOnnx, toStreamOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { denseAutoencoder, encoderOf, gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import { type Encoder, loadEncoder, type SessionDevice } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomizeWeights, relativeError } from './random-models.js'

const [WINDOW, COLUMNS, LONG] = [12, 3, 10_000]
const DEVICES: SessionDevice[] = ['cpu', 'wasm']
const size = { window: WINDOW, columns: COLUMNS }
const scaler = { kind: 'standard' as const, center: [5, -2, 100], scale: [2, 0.5, 30] }
const NETWORKS: Record<string, () => tf.LayersModel> = {
  'LSTM 6-4': () => lstmAutoencoder({ ...size, units: [6, 4] }),
  'LSTM 7, relu': () => lstmAutoencoder({ ...size, units: [7], activation: 'relu' }),
  'LSTM 6-4, dropout, sparse, padded': () =>
    lstmAutoencoder({ ...size, units: [6, 4], dropout: 0.2, l1: 0.1, masked: true }),
  'GRU 6-4': () => gruAutoencoder({ ...size, units: [6, 4] }),
  'GRU 5, reset before': () => gruAutoencoder({ ...size, units: [5], resetAfter: false }),
}
const random = new Random(0, 'streams')
const rows = (count: number) =>
  Array.from({ length: count }, () =>
    scaler.center.map((center, i) => center + scaler.scale[i] * random.normal()),
  )

let directory: string
beforeAll(async () => {
  await tf.setBackend('cpu')
  directory = await mkdtemp(join(tmpdir(), 'tempocode-streams-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function withEncoder(
  name: string,
  device: SessionDevice,
  use: (encoder: Encoder) => Promise<void>,
  window = WINDOW,
): Promise<void> {
  const model = NETWORKS[name]()
  randomizeWeights(model, new Random(0, name))
  const encoder = encoderOf(model)
  const path = join(directory, `${Object.keys(NETWORKS).indexOf(name)}.onnx`)
  await writeFile(path, toOnnx(encoder, { scaler }))
  await writeFile(path.replace('.onnx', '.stream.onnx'), toStreamOnnx(encoder, { scaler }))
  const loaded = await loadEncoder(path, { device })
  expect(loaded.window).toBe(window)
  await use(loaded).finally(() => loaded.dispose())
}

describe.each(DEVICES)('%s', (device) => {
  test.each(Object.keys(NETWORKS))('each prefix’s features are those of encoding it at once: %s', (name) =>
    withEncoder(name, device, async (encoder) => {
      const series = rows(WINDOW)
      const stream = encoder.stream()
      const last: Float32Array[] = []
      for (const row of series) last.push(await stream.push(row))
      const { data } = await encoder.encode(series)
      expect(relativeError(last.at(-1)!, data)).toBeLessThan(1e-6)
      expect(relativeError(last[0], data)).toBeGreaterThan(1e-3)
    }),
  )

  test('a state goes on where it was taken, also on another device', () =>
    withEncoder('LSTM 6-4', device, async (encoder) => {
      const stream = encoder.stream()
      for (const row of rows(20)) await stream.push(row)
      const state = await stream.state()
      const next = rows(5)
      const expected = await collect(stream.encode(next))
      for (const other of DEVICES) {
        await withEncoder('LSTM 6-4', other, async (moved) => {
          const restored = moved.stream()
          await restored.restore(state)
          const features = await collect(restored.encode(next))
          features.forEach((received, i) => {
            expect(relativeError(received, expected[i])).toBeLessThan(1e-6)
          })
        })
      }
    }))

  test('a thousand streams in a batch are a thousand single ones', () =>
    withEncoder('GRU 6-4', device, async (encoder) => {
      const streams = 1000
      const many = encoder.stream({ streams })
      const steps = [rows(streams), rows(streams), rows(streams)]
      const together = await collect(many.encode(steps))
      const some = [0, 1, 499, 999]
      for (const s of some) {
        const single = await collect(encoder.stream().encode(steps.map((step) => step[s])))
        single.forEach((features, t) => {
          const own = together[t].subarray(s * encoder.features, (s + 1) * encoder.features)
          expect(relativeError(own, features)).toBeLessThan(1e-6)
        })
      }
    }))
})

test('ten thousand rows one by one are ten thousand rows at once', async () => {
  const model = lstmAutoencoder({ window: LONG, columns: COLUMNS, units: [8, 4] })
  randomizeWeights(model, new Random(0))
  const bytes = toOnnx(encoderOf(model), { scaler })
  const encoder = await loadEncoder(bytes, { device: 'cpu' })
  const stream = encoder.stream({ source: toStreamOnnx(encoderOf(model), { scaler }) })
  const series = rows(LONG)
  let last = new Float32Array(0)
  for await (const features of stream.encode(series)) last = features as Float32Array<ArrayBuffer>
  const { data } = await encoder.encode(series)
  expect(relativeError(last, data)).toBeLessThan(1e-6)
  await encoder.dispose()
})

test('windows that end with the last row are encoded as any others, hop by hop', () =>
  withEncoder('LSTM 6-4', 'cpu', async (encoder) => {
    const series = rows(3 * WINDOW)
    for (const hop of [1, 5, WINDOW + 2]) {
      const received = await collect(encoder.windows({ hop }).encode(series))
      const { data, shape } = await encoder.encodeSeries(Float32Array.from(series.flat()), { stride: hop })
      expect(received).toHaveLength(shape[0])
      expect(received.flatMap((features) => [...features])).toEqual([...data])
    }
  }))

test('streams of the platform: rows in, features out', () =>
  withEncoder('LSTM 6-4', 'cpu', async (encoder) => {
    const series = rows(4)
    const expected = await collect(encoder.stream().encode(series))
    const source = new ReadableStream<number[]>({
      start(controller) {
        for (const row of series) controller.enqueue(row)
        controller.close()
      },
    })
    const transformed = source.pipeThrough(encoder.stream().transform())
    expect(await collect(transformed)).toEqual(expected)
  }))

test('a bad row leaves the stream as it was, a row with NaN spoils it until it is reset', () =>
  withEncoder('LSTM 6-4', 'cpu', async (encoder) => {
    const [first, second] = rows(2)
    const stream = encoder.stream()
    const pushed = [stream.push(first), stream.push([1, 2]), stream.push(second)]
    await expect(pushed[1]).rejects.toMatchObject({
      code: 'data',
      message: 'the row has 2 numbers; it must have 3 columns (c0, c1, c2)',
    })
    const expected = await collect(encoder.stream().encode([first, second]))
    expect(await pushed[2]).toEqual(expected[1])

    expect([...(await stream.push([1, Number.NaN, 3]))].every(Number.isNaN)).toBe(true)
    expect([...(await stream.push(first))].every(Number.isNaN)).toBe(true)
    await stream.reset()
    expect(await stream.push(first)).toEqual(expected[0])
    await expect(stream.restore(new Float32Array(3))).rejects.toMatchObject({ code: 'data' })
  }))

test('what cannot be run row by row is an error that says why', async () => {
  for (const model of [
    lstmAutoencoder({ ...size, units: [6, 4], bidirectional: true }),
    denseAutoencoder({ ...size, units: [4] }),
  ]) {
    expect(() => toStreamOnnx(encoderOf(model))).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringMatching(/rows? (that|by)/) }),
    )
  }
  const bytes = toOnnx(encoderOf(NETWORKS['LSTM 6-4']()))
  const encoder = await loadEncoder(bytes)
  await expect(encoder.stream().push([1, 2, 3])).rejects.toMatchObject({ code: 'option' })
  expect(() => encoder.stream({ streams: 0 })).toThrow('streams 0')
  await encoder.dispose()
})

test('the step proves itself', async () => {
  const encoder = encoderOf(NETWORKS['LSTM 6-4']())
  const bytes = toStreamOnnx(encoder, { scaler })
  const loaded = await loadEncoder(toOnnx(encoder, { scaler }), { verify: true })
  await loaded.stream({ source: bytes }).push([5, -2, 100])
  await loaded.dispose()
})

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of source) all.push(item)
  return all
}
