import { expect, test } from 'vitest'
import { leaderboardAlarms } from './skab-rule.js'

const training = Float64Array.from({ length: 101 }, (_, i) => i) // 0.99 quantile 99, limit 148.5

/** Alarms among 30 rows, 21 windows of 10, where these windows exceed the limit. */
const alarmsOf = (exceeds: (start: number) => boolean) =>
  Array.from(
    leaderboardAlarms(
      training,
      Float64Array.from({ length: 21 }, (_, start) => (exceeds(start) ? 149 : 148)),
      30,
    ).entries(),
  )
    .filter(([, alarm]) => alarm === 1)
    .map(([row]) => row)

test('row i is anomalous where the windows from i − 9 to i − 1 all exceed the limit', () => {
  expect(alarmsOf((start) => start >= 4 && start <= 13)).toEqual([13, 14])
  expect(alarmsOf((start) => start >= 4 && start <= 11)).toEqual([])
})

test('rows without nine windows before them are normal', () => {
  const rows = alarmsOf(() => true)
  expect([rows[0], rows.at(-1)]).toEqual([9, 21])
})
