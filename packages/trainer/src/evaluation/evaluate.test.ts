import { expect, test } from 'vitest'
import { evaluate } from './evaluate.js'

const first = {
  scores: [NaN, NaN, 0.1, 0.9, 0.8, 0.2],
  alarms: [0, 0, 0, 1, 1, 0],
  events: [
    { start: 0, end: 1 }, // no row of it has a score
    { start: 2, end: 5 },
  ],
  times: [0, 60, 120, 180, 240, 300],
}
const second = {
  scores: [0.7, 0.3],
  alarms: [1, 0],
  events: [],
  times: [1000, 1060],
}

test('rows without a score are left out and counted; an event of them is missed', () => {
  const found = evaluate([first])
  expect(found.rows).toBe(4)
  expect(found.anomalous).toBe(3 / 4)
  expect(found.unscored).toEqual({ rows: 2, anomalous: 1 })
  expect(found.points).toMatchObject({
    truePositives: 2,
    falseNegatives: 1,
    trueNegatives: 1,
    falsePositives: 0,
  })
  expect(found.events).toMatchObject({ events: 2, found: 1, falseAlarms: 0, recall: 1 / 2 })
  expect(found.compositeF1).toBeCloseTo(2 / 3, 12)
  expect(found.delay).toEqual({
    rows: { count: 1, median: 1, mean: 1 },
    time: { count: 1, median: 60, mean: 60 },
  })
})

test('an alarm in a row without a score is none', () => {
  const alarms = [1, 1, 0, 0, 0, 0]
  expect(evaluate([{ ...first, alarms }]).events).toMatchObject({ found: 0, falseAlarms: 0 })
})

test('groups count together, and an alarm ends with its group', () => {
  const ending = { ...first, alarms: [0, 0, 0, 0, 0, 1] }
  const found = evaluate([ending, second])
  expect(found.events).toMatchObject({ events: 2, found: 0, falseAlarms: 2 })
  expect(found.points).toMatchObject({ falsePositives: 2, falseNegatives: 3, trueNegatives: 1 })
  // of 3 anomalous rows (0.1, 0.9, 0.8) and 3 normal ones (0.2, 0.7, 0.3), 6 of 9 pairs are in order
  expect(found.rocAuc).toBeCloseTo(6 / 9, 12)
  expect(found.delay.rows.count).toBe(0)
})

test('delays are in rows alone where a group has no times', () => {
  expect(evaluate([first, { ...second, times: undefined }]).delay.time).toBeUndefined()
})

test.each([
  ['fewer alarms', { alarms: [0, 1] }, 'there are 6 scores and 2 alarms of the same rows'],
  ['fewer times', { times: [1] }, 'there are 6 scores and 1 times of the same rows'],
  ['other alarms', { alarms: [0, 0, 2, 0, 0, 0] }, 'alarm 2 of row 3 is not allowed; use 0 or 1'],
  ['events elsewhere', { events: [{ start: 4, end: 7 }] }, 'event 1 has the rows 4 to 7'],
  ['no scores', { scores: Array(6).fill(NaN) }, 'none of 6 rows has a score'],
])('%s: refused', (_, change, message) => {
  expect(() => evaluate([{ ...first, ...change }])).toThrow(message)
})
