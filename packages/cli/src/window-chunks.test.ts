import { seriesOf } from '@tempocode/trainer'
import type { Piece } from '@tempocode/trainer/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowChunks } from './window-chunks.js'

const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 })

/** A series of one column, each value and time its row's number, whose segments have these lengths, cut into pieces. */
function* piecesOf(segments: readonly number[], cuts: readonly number[]): Generator<Piece> {
  const rows = segments.reduce((a, b) => a + b)
  const ends = segments.map((_, i) => segments.slice(0, i + 1).reduce((a, b) => a + b))
  let start = 0
  for (let i = 0; start < rows; i++) {
    const end = Math.min(rows, start + cuts[i % cuts.length])
    const inside = segments.flatMap((length, s) => {
      const [from, to] = [Math.max(start, ends[s] - length), Math.min(end, ends[s])]
      return from < to ? [{ start: from - start, end: to - start, name: `s${s}` }] : []
    })
    const numbers = Array.from({ length: end - start }, (_, k) => start + k)
    yield {
      rows: end - start,
      values: Float32Array.from(numbers),
      time: { name: 't', kind: 'timestamp', values: BigInt64Array.from(numbers, BigInt) },
      segments: inside,
      continues: start > 0 && !ends.includes(start),
    }
    start = end
  }
}

/** The first and the last row of each window. */
async function windowsOf(pieces: Iterable<Piece>, window: number, stride: number, masked: boolean) {
  const windows: [string | undefined, number, number][] = []
  for await (const chunk of windowChunks(pieces, { columns: 1, window, stride, masked })) {
    const { name, start, rows, values, times } = chunk
    expect([...values]).toEqual(Array.from({ length: rows }, (_, i) => start + i))
    expect(Array.from(times!.subarray(0, rows), Number)).toEqual([...values])
    const size = Math.min(window, rows)
    for (let row = 0; row + size <= rows; row += stride)
      windows.push([name, start + row, start + row + size - 1])
  }
  return windows
}

test('however a series is cut into pieces, each window of each segment comes once', async () => {
  const counts = { window: fc.integer({ min: 1, max: 8 }), stride: fc.integer({ min: 1, max: 12 }) }
  await fc.assert(
    fc.asyncProperty(
      fc.record({ lengths, cuts: lengths, ...counts, masked: fc.boolean() }),
      async ({ lengths, cuts, window, stride, masked }) => {
        const expected: [string, number, number][] = []
        let from = 0
        lengths.forEach((length, s) => {
          const size = masked ? Math.min(window, length) : window
          for (let row = 0; row + size <= length; row += stride)
            expected.push([`s${s}`, from + row, from + row + size - 1])
          from += length
        })
        const windows = windowsOf(piecesOf(lengths, cuts), window, stride, masked)
        if (expected.length > 0) expect(await windows).toEqual(expected)
        else await expect(windows).rejects.toMatchObject({ code: 'data', message: noWindow(window, lengths) })
      },
    ),
    { seed: 6, numRuns: 500 },
  )
})

const noWindow = (window: number, lengths: readonly number[]) =>
  `no window: one needs ${window} rows, and the longest segment has ${Math.max(...lengths)}`

test.each([1, 3, 2000])('a chunk has 4096 windows at most, whatever the stride %i', async (stride) => {
  const rows = 20_000
  const series = seriesOf(
    Float32Array.from({ length: rows }, (_, i) => i),
    { columns: ['x'] },
  )
  const pieces = [{ ...series, continues: false }]
  let windows = 0
  for await (const chunk of windowChunks(pieces, { columns: 1, window: 5, stride, masked: false })) {
    const inChunk = Math.floor((chunk.rows - 5) / stride) + 1
    expect(chunk.start).toBe(windows * stride)
    expect(inChunk).toBeLessThanOrEqual(4096)
    windows += inChunk
  }
  expect(windows).toBe(Math.floor((rows - 5) / stride) + 1)
})

test('a stride of 0 is refused', async () => {
  const chunks = windowChunks([], { columns: 1, window: 5, stride: 0, masked: false })
  await expect(chunks.next()).rejects.toMatchObject({ code: 'option', message: /^stride 0 is not allowed/ })
})
