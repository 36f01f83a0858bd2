import { expect, test } from 'vitest'
import { originsOf, someOrigins } from './origins.js'

const segments = [
  { start: 0, end: 10, name: 'a' },
  { start: 10, end: 13, name: 'a' },
  { start: 13, end: 23, name: 'b' },
]
const places = new Map([
  ['a', 0],
  ['b', 1],
])

test('a horizon lies in its part, and what is seen may reach back to the segment’s start', () => {
  const part = [
    { start: 2, end: 10, name: 'a' },
    { start: 10, end: 13, name: 'a' },
    { start: 20, end: 23, name: 'b' },
  ]
  const { rows, groups } = originsOf(segments, part, { horizon: 2, before: 4 }, places)
  expect([...rows]).toEqual([4, 5, 6, 7, 8, 20, 21])
  expect([...groups]).toEqual([0, 0, 0, 0, 0, 1, 1])
})

test('some of them are evenly spaced', () => {
  const origins = originsOf(segments, segments, { horizon: 1, before: 1 }, places)
  expect([...origins.rows]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22])
  expect(someOrigins(origins, 4)).toEqual({
    rows: Int32Array.of(1, 6, 12, 18),
    groups: Int32Array.of(0, 0, 0, 1),
  })
  expect(someOrigins(origins, 100)).toEqual(origins)
})
