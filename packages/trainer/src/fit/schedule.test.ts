import { expect, test } from 'vitest'
import { cosineSquared, Schedule } from './schedule.js'

const settings = { learningRate: 0.01, patience: 4 }

test('the cosine is the mathematical one, from 1 to 0', () => {
  for (let i = 0; i <= 1000; i++) {
    const x = i / 1000
    expect(Math.abs(cosineSquared(x) - (1 + Math.cos(Math.PI * x)) / 2)).toBeLessThan(3e-16)
  }
  expect(cosineSquared(0)).toBe(1)
  expect(cosineSquared(1)).toBeLessThan(1e-30)
})

test('cosine falls from the learning rate to almost 0 at the last step', () => {
  const schedule = new Schedule({ ...settings, schedule: 'cosine' }, 100)
  const rates = Array.from({ length: 100 }, (_, step) => schedule.rateAt(step))
  expect(rates[0]).toBe(0.01)
  expect(rates[50]).toBeCloseTo(0.005, 12)
  expect(rates[99]).toBeCloseTo(0.01 * 0.000247, 8)
  expect(rates.every((rate, i) => i === 0 || rate < rates[i - 1])).toBe(true)
})

test('plateau halves after patience / 2 epochs without a better loss, down to 1e-5', () => {
  const schedule = new Schedule({ ...settings, schedule: 'plateau' }, 100)
  const rates = [true, false, false, false, true, false, false].map((isBest) => {
    schedule.see(isBest)
    return schedule.rateAt(0)
  })
  expect(rates).toEqual([0.01, 0.01, 0.005, 0.005, 0.005, 0.005, 0.0025])
  for (let epoch = 0; epoch < 100; epoch++) schedule.see(false)
  expect(schedule.rateAt(0)).toBe(1e-5)
})

test('plateau leaves a rate alone that is already lower', () => {
  const schedule = new Schedule({ ...settings, schedule: 'plateau', learningRate: 1e-6 }, 100)
  for (let epoch = 0; epoch < 10; epoch++) schedule.see(false)
  expect(schedule.rateAt(0)).toBe(1e-6)
})

test('constant stays', () => {
  const schedule = new Schedule({ ...settings, schedule: 'constant' }, 100)
  for (let epoch = 0; epoch < 10; epoch++) schedule.see(false)
  expect(schedule.rateAt(99)).toBe(0.01)
})
