import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { ENDS, originsIn } from './etth1.js'
import { lagRidge } from './lag-ridge.js'

const TARGETS = 2
const HOURS = 4
const origins = originsIn(ENDS.validation, ENDS.test)

/** Two targets, one the double of the other: an oscillation that two rows determine, then noise. */
function oscillation(until: number): Float64Array {
  const random = new Random(1)
  return Float64Array.from({ length: TARGETS * ENDS.test }, (_, i) => {
    const row = Math.floor(i / TARGETS)
    const change = row < until ? Math.sin(row / 5) : 0
    return (1 + (i % TARGETS)) * (3 + change) + (row < until ? 1e-4 : 1) * random.normal()
  })
}

test('what is linear in the last hours is forecast exactly, without a penalty', () => {
  const { errors, penalty } = lagRidge(oscillation(ENDS.test), TARGETS, HOURS, origins)
  expect(errors.mse).toBeLessThan(1e-6)
  expect(penalty).toBe(0)
})

test('where what was learnt does not hold in the validation rows, the largest penalty is chosen', () => {
  const { errors, penalty } = lagRidge(oscillation(ENDS.train), TARGETS, HOURS, origins)
  expect(penalty).toBe(10_000)
  expect(errors.mse).toBeLessThan(2) // about that of the mean, 1
})
