import { expect, test } from 'vitest'
import { detectionDelays, leadTimes, summaryOf } from './delays.js'

const alarms = [0, 1, 0, 0, 1, 1, 0, 0, 0, 1]
const times = [0, 10, 20, 30, 45, 50, 60, 70, 80, 90]

test('delays are those of the events that were found', () => {
  const events = [
    { start: 0, end: 3 }, // found in its second row
    { start: 5, end: 7 }, // in alarm from the start
    { start: 7, end: 9 }, // missed
    { start: 9, end: 10 },
  ]
  expect(detectionDelays(alarms, events)).toEqual([1, 0, 0])
  expect(detectionDelays(alarms, events, times)).toEqual([10, 0, 0])
})

test('lead is from the first alarm within the horizon to the failure', () => {
  expect(leadTimes(alarms, times, [62], 20)).toEqual([17]) // row 4 at 45, not row 1 at 10
  expect(leadTimes(alarms, times, [62], 52)).toEqual([52]) // the horizon's first moment is in it
  expect(leadTimes(alarms, times, [90], 20)).toEqual([]) // an alarm at the failure warns of nothing
  expect(leadTimes(alarms, times, [200], 200)).toEqual([190]) // behind the last row
  expect(leadTimes(alarms, times, [5, 20], 100)).toEqual([10])
})

test('median and mean, and nothing of nothing', () => {
  expect(summaryOf([10, 1, 2])).toEqual({ count: 3, median: 2, mean: 13 / 3 })
  expect(summaryOf([10, 1, 2, 3])).toEqual({ count: 4, median: 2.5, mean: 4 })
  expect(summaryOf([])).toEqual({ count: 0, median: NaN, mean: NaN })
})
