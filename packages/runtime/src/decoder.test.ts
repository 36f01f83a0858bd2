import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleCodes } from './codes.js'
import type { Decoder } from './decoder.js'
import { loadDecoder } from './node.js'
import type { SessionDevice } from './session.js'
import { decoded, decoderMetadata, HEADS, someFeatures, writeDecoder } from './testing/decoder-file.js'
import { COLUMNS } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

describe.each<SessionDevice>(['cpu', 'wasm'])('on %s', (device) => {
  let decoder: Decoder
  beforeAll(async () => {
    decoder = await loadDecoder(writeDecoder(), { device, verify: true })
  })
  afterAll(() => decoder.dispose())

  test('says what it is', () => {
    expect(decoder).toMatchObject({
      device,
      columns: COLUMNS,
      window: 4,
      features: 3,
      heads: HEADS,
      metadata: decoderMetadata(),
    })
  })

  test.each([1, 512, 1100])('decodes the features of %i windows, whatever their form', async (n) => {
    const features = someFeatures(n)
    const rows = await decoder.decode(features)
    expect(Object.keys(rows)).toEqual(['reconstruction', 'prediction'])
    for (const head of HEADS) {
      const { data, shape } = rows[head.name]
      expect(shape).toEqual([n, head.steps, 2])
      decoded(features, head).forEach((value, i) => {
        if (Math.abs(data[i] - value) > 1e-4) expect(data[i]).toBe(value)
      })
    }
    const lists = Array.from({ length: n }, (_, w) => [...features.subarray(3 * w, 3 * w + 3)])
    expect(await decoder.decode(lists)).toEqual(rows)
  })

  test('verify measures the distance to the golden rows', async () => {
    const { error, ...rest } = await decoder.verify()
    expect(rest).toEqual({ tolerance: 1e-5, device })
    expect(error).toBeLessThan(1e-6)
  })
})

test('samples are drawn from the codes of the training, and decoded', async () => {
  const decoder = await loadDecoder(writeDecoder(), { device: 'cpu' })
  const sample = decoder.sample(4, { seed: 3 })
  expect(sample).toEqual({ data: sampleCodes(decoderMetadata().codes!, 4, 3), shape: [4, 3] })
  expect(decoder.sample(4)).toEqual(decoder.sample(4, { seed: 0 }))
  expect((await decoder.decode(sample.data)).reconstruction.shape).toEqual([4, 4, 2])
  expect(await failure(() => decoder.sample(0))).toMatchObject({
    code: 'option',
    message: 'count 0 is not allowed; use a whole number above 0',
  })
  expect((await failure(() => decoder.sample(1, { seed: 0.5 }))).message).toBe(
    'seed 0.5 is not allowed; use a whole number',
  )
  await decoder.dispose()
  const rejected = { code: 'device', message: 'the decoder is disposed; load it again' }
  expect(await failure(() => decoder.decode(sample.data))).toMatchObject(rejected)
})

test('without codes nothing can be sampled', async () => {
  const decoder = await loadDecoder(writeDecoder({ codes: undefined }), { device: 'cpu' })
  expect(await failure(() => decoder.sample(1))).toMatchObject({
    code: 'model',
    message: 'the decoder holds no distribution of features to sample from',
  })
})

test.each<[string, unknown, string]>([
  ['no features', new Float32Array(), 'there are 0 numbers; a window has 3 features'],
  ['too many', new Float32Array(4), 'there are 4 numbers; a window has 3 features'],
  ['no lists', [], 'features are empty; use a Float32Array or number[][] of 3 for each window'],
  ['one flat list', [1, 2, 3], 'the features of window 1 are a number; use 3 numbers'],
  ['a short list', [[1, 2, 3], [1]], 'the features of window 2 are an Array of 1; use 3 numbers'],
  ['text', [['1', 2, 3]], 'the features of window 1 are an Array of 3; use 3 numbers'],
  ['other floats', new Float64Array(3), 'features are a Float64Array; use a Float32Array'],
  ['nothing', undefined, 'features are undefined; use'],
])('%s: refused', async (_, features, message) => {
  const decoder = await loadDecoder(writeDecoder(), { device: 'cpu' })
  const error = await failure(() => decoder.decode(features as Float32Array))
  expect(error.code).toBe('data')
  expect(error.message).toContain(message)
})
