import { expect, test } from 'vitest'
import { alarmsOf, scoredRow, windowRuns } from './alarms.js'
import { measuredOf } from './testing/measured.js'

const measured = measuredOf([0, 2, 3, 1, 2, 2, 0, 4])

test('a window’s score is that of its last row', () => {
  expect([0, 4, 7].map((window) => scoredRow(measured, window))).toEqual([1, 5, 9])
  const windows = { starts: Int32Array.of(3), lengths: Int32Array.of(1), heldOutFrom: 1, every: 1 }
  expect(scoredRow({ windows, span: 2 }, 0)).toBe(3)
})

test('windows of one segment follow each other', () => {
  expect(windowRuns(measured).map(({ from, to }) => [from, to])).toEqual([
    [0, 5],
    [5, 8],
  ])
})

test('an alarm lasts while scores are above the threshold, and never over the edge of a segment', () => {
  expect(alarmsOf(measured)).toEqual([
    { start: 2, end: 3, group: undefined, heldOut: false, peak: 3, row: 3, window: 2 },
    { start: 5, end: 5, group: undefined, heldOut: false, peak: 2, row: 5, window: 4 },
    { start: 7, end: 7, group: undefined, heldOut: true, peak: 2, row: 7, window: 5 },
    { start: 9, end: 9, group: undefined, heldOut: true, peak: 4, row: 9, window: 7 },
  ])
  expect(alarmsOf(measuredOf([1, 1, 1, 1, 1, 1, 1, 1]))).toEqual([])
})
