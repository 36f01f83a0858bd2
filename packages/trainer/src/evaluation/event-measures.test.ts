import { expect, test } from 'vitest'
import { compositeF1, eventMeasures } from './event-measures.js'

const alarms = [0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1]

test('an event is found by any row in it; a run of alarm is false where it touches none', () => {
  const events = [
    { start: 2, end: 4 }, // its first row ends an alarm
    { start: 4, end: 6 }, // next to alarms, none in it
    { start: 10, end: 11 }, // in the middle of one
  ]
  expect(eventMeasures(alarms, events)).toEqual({
    events: 3,
    found: 2,
    falseAlarms: 2, // rows 6 and 13
    precision: 2 / 4,
    recall: 2 / 3,
    f1: 4 / 7,
  })
})

test('one alarm over several events finds all of them', () => {
  const events = [
    { start: 1, end: 2 },
    { start: 3, end: 4 },
  ]
  const { found, falseAlarms } = eventMeasures([1, 1, 1, 1, 1], events)
  expect({ found, falseAlarms }).toEqual({ found: 2, falseAlarms: 0 })
})

test('without alarms or events there is nothing to take a part of', () => {
  const { precision, recall, f1 } = eventMeasures([0, 0, 0], [{ start: 0, end: 2 }])
  expect({ precision, recall, f1 }).toEqual({ precision: NaN, recall: 0, f1: 0 })
  expect(eventMeasures([0, 1], [])).toMatchObject({ precision: 0, recall: NaN, f1: 0 })
})

test('the composite F1 takes precision from rows and recall from events', () => {
  expect(compositeF1(0.1, 1)).toBeCloseTo(0.2 / 1.1, 12) // all rows in alarm, 10 % of them anomalous
  expect(compositeF1(0, 0)).toBe(0)
})
