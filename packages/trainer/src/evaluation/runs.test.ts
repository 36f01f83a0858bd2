import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRuns, rowsOf, runsOf } from './runs.js'

test('rows and runs are two forms of the same', () => {
  const labels = fc.array(fc.integer({ min: 0, max: 1 }))
  fc.assert(
    fc.property(labels, (rows) => {
      const runs = runsOf(rows)
      checkRuns(runs, rows.length)
      expect(Array.from(rowsOf(runs, rows.length))).toEqual(rows)
    }),
    { seed: 0 },
  )
  expect(runsOf([1, 1, 0, 1])).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 4 },
  ])
})

test.each([
  ['leave the rows', [{ start: 3, end: 6 }]],
  ['are empty', [{ start: 3, end: 3 }]],
  ['begin before the rows', [{ start: -1, end: 2 }]],
  ['are no whole rows', [{ start: 0.5, end: 2 }]],
])('events that %s are refused', (_, runs) => {
  expect(() => checkRuns(runs, 5)).toThrow(/^event 1 has the rows .* events are runs of the rows 0 to 5/)
})

test('events that overlap or are out of order are refused', () => {
  const touching = { start: 2, end: 4 }
  expect(() => checkRuns([{ start: 0, end: 2 }, touching], 5)).not.toThrow()
  expect(() => checkRuns([{ start: 0, end: 3 }, touching], 5)).toThrow('event 2 has the rows 2 to 4')
  expect(() => checkRuns([{ start: 4, end: 5 }, touching], 5)).toThrow('event 2')
})
