import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchesOf, inOrder, sequencesOf, windowStarts } from './windows.js'

test('windows stay within segments and keep the stride', () => {
  const segments = [
    { start: 0, end: 6 },
    { start: 6, end: 8 },
    { start: 8, end: 12 },
  ]
  expect([...windowStarts(segments, 3, 1)]).toEqual([0, 1, 2, 3, 8, 9])
  expect([...windowStarts(segments, 3, 2)]).toEqual([0, 2, 8])
  expect([...windowStarts(segments, 2, 9)]).toEqual([0, 6, 8])
})

test('no window and numbers that are not allowed are refused', () => {
  expect(() => windowStarts([{ start: 0, end: 4 }], 5, 1)).toThrow(
    'one needs 5 rows, and the longest segment has 4',
  )
  expect(() => windowStarts([{ start: 0, end: 4 }], 0, 1)).toThrow('window 0 is not allowed')
  expect(() => windowStarts([{ start: 0, end: 4 }], 2, 1.5)).toThrow('stride 1.5 is not allowed')
})

test('every start is a window apart by the stride, and no further one would fit', () => {
  const whole = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), whole, whole, (rows, window, stride) => {
      fc.pre(rows >= window)
      const starts = windowStarts([{ start: 3, end: 3 + rows }], window, stride)
      for (const [i, start] of starts.entries()) expect(start).toBe(3 + i * stride)
      expect(starts[starts.length - 1] + window).toBeLessThanOrEqual(3 + rows)
      expect(starts[starts.length - 1] + window + stride).toBeGreaterThan(3 + rows)
    }),
    { seed: 2 },
  )
})

test('a segment shorter than the window is one sequence, a longer one has all its windows', () => {
  const segments = [
    { start: 0, end: 2 },
    { start: 2, end: 7 },
    { start: 7, end: 8 },
    { start: 8, end: 11 },
  ]
  expect(sequencesOf(segments, 3, 1)).toEqual({
    starts: Int32Array.of(0, 2, 3, 4, 7, 8),
    lengths: Int32Array.of(2, 3, 3, 3, 1, 3),
  })
  expect(sequencesOf(segments, 3, 2)).toEqual({
    starts: Int32Array.of(0, 2, 4, 7, 8),
    lengths: Int32Array.of(2, 3, 3, 1, 3),
  })
  expect(() => sequencesOf(segments, 3, 0)).toThrow('stride 0 is not allowed')
})

test('every row of every segment is in a sequence where the stride is 1, and no sequence leaves its segment', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 8 }), (sizes, window) => {
      const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((a, b) => a + b))
      const segments = ends.map((end, i) => ({ start: end - sizes[i], end }))
      const { starts, lengths } = sequencesOf(segments, window, 1)
      const seen = new Set<number>()
      for (const [i, start] of starts.entries()) {
        const end = start + lengths[i]
        const segment = segments.find((other) => start >= other.start && end <= other.end)!
        expect(lengths[i]).toBe(Math.min(window, segment.end - segment.start))
        for (let row = start; row < end; row++) seen.add(row)
      }
      expect(seen.size).toBe(ends.at(-1))
    }),
    { seed: 2 },
  )
})

test('windows keep their lengths in another order and in batches', () => {
  const windows = { starts: Int32Array.of(0, 10, 20, 30, 40), lengths: Int32Array.of(1, 2, 3, 4, 5) }
  const shuffled = inOrder(windows, Int32Array.of(3, 0, 4, 2, 1))
  expect(shuffled).toEqual({
    starts: Int32Array.of(30, 0, 40, 20, 10),
    lengths: Int32Array.of(4, 1, 5, 3, 2),
  })
  expect(batchesOf(shuffled, 2)).toEqual([
    { starts: Int32Array.of(30, 0), lengths: Int32Array.of(4, 1) },
    { starts: Int32Array.of(40, 20), lengths: Int32Array.of(5, 3) },
    { starts: Int32Array.of(10), lengths: Int32Array.of(2) },
  ])
  expect(inOrder({ starts: windows.starts }, Int32Array.of(1, 0))).toEqual({ starts: Int32Array.of(10, 0) })
})
