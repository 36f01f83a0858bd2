import { forecaster } from '@tempocode/models'
import { expect, test } from 'vitest'
import { unitsWithout } from './weights.js'

test('as few units as have as many weights as features bring', () => {
  const options = { window: 24, columns: 9, horizon: 24, targets: 7, cycles: 2, intervals: 0.9 }
  const units = unitsWithout(64, options)
  const weights = (more: object) => forecaster({ ...options, ...more }).countParams()
  const needed = weights({ columns: 73, features: 64 })
  expect(weights({ units: [units] })).toBeGreaterThanOrEqual(needed)
  expect(weights({ units: [units - 1] })).toBeLessThan(needed)
})
