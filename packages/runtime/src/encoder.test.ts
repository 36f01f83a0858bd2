import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Encoder } from './encoder.js'
import { loadEncoder } from './node.js'
import type { SessionDevice } from './session.js'
import { COLUMNS, rawValues, reference, testMetadata, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

const expectClose = (actual: Float32Array, expected: Float32Array) => {
  expect(actual.length).toBe(expected.length)
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0)
  expect(worst).toBeLessThan(1e-4)
}

describe.each<SessionDevice>(['cpu', 'wasm'])('on %s', (device) => {
  let encoder: Encoder
  beforeAll(async () => {
    encoder = await loadEncoder(writeEncoder(), { device })
  })
  afterAll(() => encoder.dispose())

  test('says what it is', () => {
    expect(encoder).toMatchObject({
      device,
      columns: COLUMNS,
      window: 4,
      features: 3,
      metadata: testMetadata(),
    })
  })

  // one window, a full run, one more than it, and runs that are full and not
  test.each([1, 2, 512, 513, 1300])('encodes %i windows, whatever their form', async (n) => {
    const values = rawValues(n)
    const { data, shape } = await encoder.encode(values)
    expect(shape).toEqual([n, 3])
    expectClose(data, reference(values))
    const rows = Array.from({ length: 4 * n }, (_, r) => [...values.subarray(2 * r, 2 * r + 2)])
    const windows = Array.from({ length: n }, (_, w) => rows.slice(4 * w, 4 * w + 4))
    expect(await encoder.encode(rows)).toEqual({ data, shape })
    expect(await encoder.encode(windows)).toEqual({ data, shape })
  })

  test.each([1, 3, 4, 9])('encodes the windows of a series at a stride of %i', async (stride) => {
    const series = rawValues(400) // 1600 rows
    const n = Math.floor((1600 - 4) / stride) + 1
    const windows = Float32Array.from(
      { length: n * 8 },
      (_, i) => series[Math.floor(i / 8) * stride * 2 + (i % 8)],
    )
    const expected = await encoder.encode(windows)
    expect(expected.shape).toEqual([n, 3])
    expect(await encoder.encodeSeries(series, { stride })).toEqual(expected)
    if (stride === 1) expect(await encoder.encodeSeries(series)).toEqual(expected)
  })

  test('a series of one window gives one, and of fewer rows is refused', async () => {
    expect((await encoder.encodeSeries(rawValues(1), { stride: 100 })).shape).toEqual([1, 3])
    const error = await failure(() => encoder.encodeSeries(rawValues(1).subarray(2)))
    expect(error).toMatchObject({ code: 'data', message: 'values have 3 rows; a window takes 4' })
  })

  test('series encoded at the same time do not mix', async () => {
    const [a, b] = [rawValues(300), rawValues(300).map((value) => -value)]
    const [together, other] = await Promise.all([encoder.encodeSeries(a), encoder.encodeSeries(b)])
    expect(together).toEqual(await encoder.encodeSeries(a))
    expect(other).toEqual(await encoder.encodeSeries(b))
    expect(other).not.toEqual(together)
  })

  test('NaN and infinity spoil their own window alone', async () => {
    const values = rawValues(5)
    const { data } = await encoder.encode(values)
    values[9] = Number.NaN
    values[3 * 8] = Number.POSITIVE_INFINITY
    const spoilt = await encoder.encode(values)
    for (const w of [0, 2, 4])
      expect(spoilt.data.subarray(3 * w, 3 * w + 3)).toEqual(data.subarray(3 * w, 3 * w + 3))
    for (const w of [1, 3]) expect(spoilt.data.subarray(3 * w, 3 * w + 3).some(Number.isFinite)).toBe(false)
  })

  test('verify measures the distance to the golden output', async () => {
    const { error, ...rest } = await encoder.verify()
    expect(rest).toEqual({ tolerance: 1e-5, device })
    expect(error).toBeGreaterThanOrEqual(0)
    expect(error).toBeLessThan(1e-6)
  })

  test('after dispose, once or twice, everything rejects', async () => {
    const disposed = await loadEncoder(writeEncoder(), { device })
    await disposed.dispose()
    await disposed.dispose()
    const rejected = { code: 'device', message: 'the encoder is disposed; load it again' }
    expect(await failure(() => disposed.encode(rawValues(1)))).toMatchObject(rejected)
    expect(await failure(() => disposed.encodeSeries(rawValues(1)))).toMatchObject(rejected)
    expect(await failure(() => disposed.verify())).toMatchObject(rejected)
  })

  test('dispose lets the run under way end, and stops what has more of them to do', async () => {
    const disposed = await loadEncoder(writeEncoder(), { device })
    const short = disposed.encode(rawValues(10))
    const long = failure(() => disposed.encode(rawValues(600)))
    await disposed.dispose()
    expect((await short).shape).toEqual([10, 3])
    expect((await long).message).toBe('the encoder is disposed; load it again')
  })
})

test('a graph that gives other features than it declares is refused', async () => {
  const nodes = [{ op: 'Identity', inputs: ['input'], outputs: ['features'] }]
  const outputs = [{ name: 'features', dims: ['batch', 3] }]
  // as many numbers in a window as features, so that only the shape can tell
  const golden = {
    input: { data: Float32Array.of(1, 2, 3), shape: [1, 1, 3] },
    output: { data: Float32Array.of(1, 2, 3), shape: [1, 3] },
    tolerance: 1,
  }
  const columns = ['a', 'b', 'c']
  const scaler = { kind: 'none' as const, center: [0, 0, 0], scale: [1, 1, 1] }
  const inputs = [{ name: 'input', dims: ['batch', 1, 3] }]
  const bytes = writeEncoder(
    { window: 1, columns, scaler, golden },
    { nodes, inputs, outputs, constants: {} },
  )
  expect((await failure(async () => (await loadEncoder(bytes, { device: 'cpu' })).verify())).code).toBe(
    'model',
  )
})

test.each([0, 1.5, '2'])('stride %s is refused', async (stride) => {
  const encoder = await loadEncoder(writeEncoder(), { device: 'cpu' })
  const error = await failure(() => encoder.encodeSeries(rawValues(1), { stride: stride as number }))
  expect(error).toMatchObject({
    code: 'option',
    message: `stride ${stride} is not allowed; use a whole number above 0`,
  })
  const options: object = { strides: 2 }
  expect((await failure(() => encoder.encodeSeries(rawValues(1), options))).message).toBe(
    'option "strides" is unknown; use stride, signal',
  )
  await encoder.dispose()
})
