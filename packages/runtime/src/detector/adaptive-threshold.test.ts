import { expect, test } from 'vitest'
import { adaptiveThreshold } from './adaptive-threshold.js'

test('3, −log₁₀ of a rate, or a number', () => {
  expect(adaptiveThreshold()).toBe(3)
  expect(adaptiveThreshold('rate:0.0001')).toBeCloseTo(4, 12)
  expect(adaptiveThreshold(2.5)).toBe(2.5)
})

test.each(['pot', 'pot:0.0001', 'quantile:0.99', 'sigma:3'] as const)('%s is refused', (rule) => {
  expect(() => adaptiveThreshold(rule)).toThrow(
    expect.objectContaining({
      code: 'option',
      message: `threshold "${rule}" is not for adaptive scores; use rate:0.001 or a number`,
    }),
  )
})
