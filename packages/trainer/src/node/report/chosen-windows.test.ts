import { expect, test } from 'vitest'
import { chooseWindows, onlyThose } from './chosen-windows.js'

const split = {
  train: [
    { start: 0, end: 50, name: 'a' },
    { start: 60, end: 100, name: 'b' },
  ],
  validation: [
    { start: 50, end: 60, name: 'a' },
    { start: 100, end: 103, name: 'b' },
  ],
}

test('where windows are few, all are chosen: those of training first, none over an edge', () => {
  const { starts, lengths, heldOutFrom, every } = chooseWindows(
    { split },
    { span: 8, masked: false, most: 1000 },
  )
  expect(every).toBe(1)
  expect(lengths).toBeUndefined()
  const train = [...Array(43).keys(), ...Array.from({ length: 33 }, (_, i) => 60 + i)]
  expect([...starts]).toEqual([...train, 50, 51, 52])
  expect(heldOutFrom).toBe(train.length)
})

test('where they are many, they are chosen evenly, and held-out ones are among them', () => {
  const long = { train: [{ start: 0, end: 900_000 }], validation: [{ start: 900_000, end: 1_000_000 }] }
  const chosen = chooseWindows({ split: long }, { span: 24, masked: false, most: 8192 })
  expect(chosen.every).toBe(123)
  expect(chosen.starts.length).toBeLessThanOrEqual(8192)
  expect([...chosen.starts.subarray(0, 3)]).toEqual([0, 123, 246])
  expect(chosen.starts[chosen.heldOutFrom]).toBe(900_000)
})

test('where groups are many, some of them are chosen', () => {
  const groups = Array.from({ length: 1000 }, (_, g) => ({ start: 10 * g, end: 10 * g + 10, name: `g${g}` }))
  const chosen = chooseWindows(
    { split: { train: groups, validation: [] } },
    { span: 10, masked: false, most: 100 },
  )
  expect(chosen.starts.length).toBe(100)
  expect(chosen.heldOutFrom).toBe(100)
})

test('sequences bring their lengths', () => {
  const { starts, lengths } = chooseWindows({ split }, { span: 8, masked: true, most: 1000 })
  expect(starts.at(-1)).toBe(100)
  expect(lengths?.at(-1)).toBe(3)
})

test('windows that are left out are those of training or held-out ones', () => {
  const all = chooseWindows({ split }, { span: 8, masked: true, most: 1000 })
  const { starts, heldOutFrom } = onlyThose(all, (w) => w % 2 === 1)
  expect([...starts.subarray(0, 2)]).toEqual([1, 3])
  expect(heldOutFrom).toBe(38)
  expect(starts[heldOutFrom]).toBe(51)
})
