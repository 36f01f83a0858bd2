import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Encoder } from './encoder.js'
import { loadEncoder } from './node.js'
import type { SessionDevice } from './session.js'
import { rawValues, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { maskedGraph, maskedReference, writeMaskedEncoder } from './testing/masked-encoder-file.js'

describe.each<SessionDevice>(['cpu', 'wasm'])('on %s', (device) => {
  let encoder: Encoder
  beforeAll(async () => {
    encoder = await loadEncoder(writeMaskedEncoder(), { device, verify: true })
  })
  afterAll(() => encoder.dispose())

  // one sequence, a full run, and more
  test.each([1, 512, 700])('%i sequences of all lengths, whatever their form', async (n) => {
    const values = rawValues(n)
    const lengths = Array.from({ length: n }, (_, w) => 1 + (Math.floor(w / 3) % 4))
    const { data, shape } = await encoder.encode(values, { lengths })
    expect(shape).toEqual([n, 3])
    const expected = maskedReference(values, lengths)
    for (let i = 0; i < expected.length; i++) expect(data[i]).toBeCloseTo(expected[i], 4)
    const sequences = lengths.map((length, w) =>
      Array.from({ length }, (_, r) => [...values.subarray(w * 8 + r * 2, w * 8 + r * 2 + 2)]),
    )
    expect(await encoder.encode(sequences)).toEqual({ data, shape })
    expect((await encoder.encode(sequences[0])).data).toEqual(data.subarray(0, 3))
  })

  test('a series is its full windows; one that is shorter, a sequence', async () => {
    const series = rawValues(50)
    const { shape, data } = await encoder.encodeSeries(series, { stride: 4 })
    expect(shape).toEqual([50, 3])
    expect(data).toEqual((await encoder.encode(series, { lengths: new Array(50).fill(4) })).data)
    const short = await encoder.encodeSeries(series.subarray(0, 6))
    expect(short.shape).toEqual([1, 3])
    expect(short.data).toEqual((await encoder.encode(series.subarray(0, 8), { lengths: [3] })).data)
    const error = await failure(() => encoder.encodeSeries(series.subarray(0, 0)))
    expect(error).toMatchObject({ code: 'data', message: 'values have 0 rows; a window takes 1' })
  })
})

test('whether there is masking is told; without it, lengths are refused', async () => {
  const masked = await loadEncoder(writeMaskedEncoder(), { device: 'cpu' })
  const plain = await loadEncoder(writeEncoder(), { device: 'cpu' })
  expect([masked.masked, plain.masked]).toEqual([true, false])
  expect(await failure(() => plain.encode(rawValues(1), { lengths: [4] }))).toMatchObject({
    code: 'option',
    message: 'lengths are for networks with masking; windows of this encoder have 4 rows',
  })
  const options: object = { length: [4] }
  expect((await failure(() => masked.encode(rawValues(1), options))).message).toBe(
    'option "length" is unknown; use lengths, signal',
  )
})

test.each<[string, () => Uint8Array]>([
  ['masking, and takes no lengths', () => writeEncoder({ ...maskedMetadataOnly() })],
  ['none, and takes lengths', () => writeEncoder({}, maskedGraph())],
  ['masking, and takes other lengths', () => writeMaskedEncoder({}, { inputs: floatLengths() })],
])('a file that says it has %s is refused', async (_, bytes) => {
  const error = await failure(() => loadEncoder(bytes()))
  expect(error).toMatchObject({ code: 'model' })
  expect(error.message).toMatch(/^its input is input: .*; by its metadata it must be input: /)
})

const maskedMetadataOnly = () => ({ masked: true, golden: { ...goldenOf(), lengths: [1, 2] } })
const floatLengths = () => maskedGraph().inputs.map((input) => ({ ...input, type: 1 }))
const goldenOf = () => ({
  input: { data: rawValues(2), shape: [2, 4, 2] },
  output: { data: new Float32Array(6), shape: [2, 3] },
  tolerance: 1,
})
