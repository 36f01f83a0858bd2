import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowStarts } from './windows.js'

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
