import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, gruAutoencoder } from '@tempocode/models'
import { loadEncoder } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { codeDistribution } from './codes.js'
import { trainingCodes } from './training-codes.js'

beforeAll(() => tf.setBackend('cpu'))

const random = new Random(0, 'rows')
const series = seriesOf(
  Float32Array.from({ length: 2 * 5000 }, () => random.normal()),
  { columns: ['a', 'b'] },
)
const encoderFile = (masked: boolean) =>
  toOnnx(encoderOf(gruAutoencoder({ window: 4, columns: 2, units: [3], masked })))
const windows = (starts: Int32Array) =>
  Float32Array.from([...starts].flatMap((start) => [...series.values.subarray(2 * start, 2 * start + 8)]))

test.each([300, 4000])('of %i training windows 2048 at most are encoded, taken evenly', async (count) => {
  const starts = Int32Array.from({ length: count }, (_, i) => i)
  const codes = await trainingCodes(encoderFile(false), series, { starts }, 'cpu')
  const used = Math.min(count, 2048)
  expect(codes.windows).toBe(used)
  const taken = Int32Array.from({ length: used }, (_, i) => Math.floor((i * count) / used))
  expect(taken.at(-1)).toBeGreaterThanOrEqual(count - 2)
  const encoder = await loadEncoder(encoderFile(false), { device: 'cpu' })
  const { data } = await encoder.encode(windows(taken))
  await encoder.dispose()
  const expected = codeDistribution(data, 3)
  expected.mean.forEach((value, i) => {
    expect(codes.mean[i]).toBeCloseTo(value, 5)
  })
  expected.factor.forEach((value, i) => {
    expect(codes.factor[i]).toBeCloseTo(value, 5)
  })
})

test('of padded sequences the rows past the end count nothing', async () => {
  const train = { starts: Int32Array.of(0, 10, 20), lengths: Int32Array.of(1, 4, 2) }
  const codes = await trainingCodes(encoderFile(true), series, train, 'cpu')
  const encoder = await loadEncoder(encoderFile(true), { device: 'cpu' })
  const sequences = [...train.starts].map((start, w) =>
    Array.from({ length: train.lengths[w] }, (_, r) => [
      ...series.values.subarray(2 * (start + r), 2 * (start + r) + 2),
    ]),
  )
  const expected = codeDistribution((await encoder.encode(sequences)).data, 3)
  await encoder.dispose()
  expect(codes).toEqual(expected)
})
