import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOf } from './digest.js'
import { seriesOf } from './series-of.js'

test('the digest is SHA-256 of the segments’ values alone', async () => {
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
  expect(await digestOf(series, segments)).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(await digestOf(series, series.segments)).not.toBe(await digestOf(series, segments))
})
