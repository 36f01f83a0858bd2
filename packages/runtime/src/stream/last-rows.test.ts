import { expect, test } from 'vitest'
import { failure } from '../testing/failure.js'
import { LastRows } from './last-rows.js'

const columns = ['a', 'b']

test('the last rows stand in their order, however many there were', () => {
  const rows = new LastRows(3, columns)
  for (let t = 0; t < 8; t++) {
    expect(rows.push([t, 10 + t])).toBe(t + 1)
    if (t >= 2) expect([...rows.window()]).toEqual([t - 2, t + 8, t - 1, t + 9, t, t + 10])
  }
})

test('a window that was given does not change with the next row', () => {
  const rows = new LastRows(1, columns)
  rows.push([1, 2])
  const window = rows.window()
  rows.push([3, 4])
  expect([...window]).toEqual([1, 2])
})

test('a row that is refused does not count', async () => {
  const rows = new LastRows(2, columns)
  rows.push([1, 2])
  const error = await failure(() => rows.push([3]))
  expect(error).toMatchObject({ code: 'data', message: expect.stringContaining('has 1 numbers') })
  expect(rows.push([5, 6])).toBe(2)
  expect([...rows.window()]).toEqual([1, 2, 5, 6])
})

test('after a reset the rows before are forgotten', () => {
  const rows = new LastRows(2, columns)
  rows.push([1, 2])
  rows.reset()
  expect(rows.push([3, 4])).toBe(1)
  expect(rows.push([5, 6])).toBe(2)
  expect([...rows.window()]).toEqual([3, 4, 5, 6])
})
