import { expect, test } from 'vitest'
import type { Series, Time } from './series.js'
import { timeStep } from './time-step.js'

const series = (time: Time | undefined, segments = [{ start: 0, end: 4 }]): Series => ({
  columns: ['a'],
  rows: 4,
  values: new Float32Array(4),
  time,
  segments,
})

test('the time step is the median distance within segments, of time stamps in seconds', () => {
  const stamps: Time = {
    name: 't',
    kind: 'timestamp',
    values: BigInt64Array.of(0n, 500_000n, 1_000_000n, 9_000_000n),
  }
  expect(timeStep(series(stamps))).toBe(0.5)
  const numbers: Time = { name: 't', kind: 'number', values: Float64Array.of(0, 2, 100, 107) }
  const halves = [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ]
  expect(timeStep(series(numbers, halves))).toBe(7)
})

test('without times, or with one row, there is no time step', () => {
  expect(timeStep(series(undefined))).toBeUndefined()
  const one: Time = { name: 't', kind: 'number', values: Float64Array.of(1, 2, 3, 4) }
  expect(timeStep(series(one, [{ start: 1, end: 2 }]))).toBeUndefined()
})
