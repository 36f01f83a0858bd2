import { expect, test } from 'vitest'
import { exampleWindows } from './examples.js'
import { extremesOf, movesOf } from './extremes.js'

test('the twentieth that moves farthest is extreme', () => {
  const moves = Float64Array.from({ length: 40 }, (_, i) => (i * 7) % 40)
  const { flags, windows, least } = extremesOf(moves)
  expect([windows, least]).toEqual([2, 38])
  expect([...flags].flatMap((flag, i) => (flag ? [moves[i]] : [])).sort()).toEqual([38, 39])
})

test('of few windows one is, and of equal ones the first', () => {
  expect(extremesOf(Float64Array.of(1, 3, 3))).toEqual({
    flags: Uint8Array.of(0, 1, 0),
    windows: 1,
    least: 3,
  })
})

test('a window moves by the mean distance from the last values', () => {
  const columns = [
    [1, 2, 4, 8],
    [10, 0, 5, 5],
  ].map((values) => (row: number) => values[row])
  const values = { columns, scale: (_: number, target: number) => [1, 5][target], naiveError: () => 1 }
  const origins = { rows: Int32Array.of(1, 2), groups: Int32Array.of(0, 0) }
  const first = (1 + 3) / 1 + (10 + 5) / 5
  const second = (2 + 6) / 1 + (5 + 5) / 5
  expect([...movesOf(origins, 2, values)]).toEqual([first / 4, second / 4])
})

test('of each group the last windows without overlap are shown', () => {
  const groups = Int32Array.from({ length: 60 }, (_, i) => Math.floor(i / 20))
  const rows = Int32Array.from({ length: 60 }, (_, i) => 100 * groups[i] + (i % 20) + (i >= 50 ? 5 : 0))
  const shown = [...exampleWindows({ rows, groups }, 6)].map((i) => rows[i])
  expect(shown).toEqual([1, 7, 13, 19, 101, 107, 113, 119, 203, 209, 218, 224]) // rows 210 to 214 are missing
})

test('of at most eight groups', () => {
  const groups = Int32Array.from({ length: 10 }, (_, i) => i)
  expect([...exampleWindows({ rows: groups, groups }, 1)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})
