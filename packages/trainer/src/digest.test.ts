import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOf } from './digest.js'
import { seriesOf } from './series-of.js'

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

test('the digest is of the segments’ values alone', async () => {
  const series = seriesOf(
    [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ],
    { columns: ['a', 'b'] },
  )
  const bytes = new DataView(new ArrayBuffer(16))
  for (const [i, value] of [1, 2, 5, 6].entries()) bytes.setFloat32(4 * i, value, true)
  const segments = [
    { start: 0, end: 1 },
    { start: 2, end: 3 },
  ]
  expect(await digestOf(series, segments)).toBe(sha256(sha256(new Uint8Array(bytes.buffer))).toString('hex'))
  expect(await digestOf(series, series.segments)).not.toBe(await digestOf(series, segments))
})

test('long series are hashed in pieces of 1 MiB, wherever segments end', async () => {
  const rows = 220_000 // of 12 bytes: two whole pieces and a part of one
  const values = Float32Array.from({ length: 3 * rows }, (_, i) => i)
  const series = seriesOf(values, { columns: ['a', 'b', 'c'] })
  const bytes = new Uint8Array(values.buffer)
  const [MiB, end] = [2 ** 20, bytes.length]
  const pieces = [bytes.subarray(0, MiB), bytes.subarray(MiB, 2 * MiB), bytes.subarray(2 * MiB, end)]
  const expected = sha256(...pieces.map((piece) => sha256(piece))).toString('hex')
  expect(await digestOf(series, series.segments)).toBe(expected)
  const cut = [
    { start: 0, end: 7 },
    { start: 7, end: 100_000 },
    { start: 100_000, end: rows },
  ]
  expect(await digestOf(series, cut)).toBe(expected)
})
