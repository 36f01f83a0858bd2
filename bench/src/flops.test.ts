import { expect, test } from 'vitest'
import { gflops, stepFlops } from './flops.js'
import { ROWS } from './rows.js'

test('a step counts the forward products three times', () => {
  // LSTM(2): 3 steps × 4·2·(1 + 2); decoder: 4·2·2 once and 3 × 4·2·2; Dense: 3 × 2·1; batch of 5
  const row = { ...ROWS[0], batch: 5, window: 3, columns: 1, units: [2] }
  expect(stepFlops(row)).toBe(6 * 5 * (3 * 24 + 16 + 3 * 16 + 6))
})

test('layers in the middle take the units before them at every step', () => {
  const row = { ...ROWS[0], batch: 1, window: 2, columns: 1, units: [3, 2] }
  const encoder = 2 * 12 * (1 + 3) + 2 * 8 * (3 + 2)
  const decoder = 8 * 2 + 2 * 8 * 2 + 2 * 12 * (2 + 3)
  expect(stepFlops(row)).toBe(6 * (encoder + decoder + 2 * 3))
})

test('GFLOP/s', () => expect(gflops(2e9, 100)).toBe(20))
