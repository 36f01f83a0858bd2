import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { percentileInterval } from './percentile-interval.js'

test('of 1,000 draws 25 lie below the interval, and 25 above', () => {
  const values = new Random(0).shuffle(Int32Array.from({ length: 1000 }, (_, i) => i)).values()
  expect(percentileInterval(() => values.next().value!)).toEqual({ low: 25, high: 974 })
  expect(values.next().done).toBe(true)
})
