import { expect, test } from 'vitest'
import { failure } from '../testing/failure.js'
import { intervalScores } from './interval-scores.js'

const floats = (...values: number[]) => Float32Array.from(values)

test('inside an interval it is 0, outside the distance as a part of the width', () => {
  const lower = floats(0, 0, 0, 0, 0, -4)
  const upper = floats(2, 2, 2, 2, 2, -3)
  const actual = floats(0, 1, 2, -1, 5, -3.25)
  expect(intervalScores(actual, { lower, upper })).toEqual(floats(0, 0, 0, 0.5, 1.5, 0))
})

test('outside an interval of width 0 it is infinite, of NaN it is NaN', () => {
  const lower = floats(1, 1, 1, Number.NaN)
  const upper = floats(1, 1, 3, 2)
  const scores = intervalScores(floats(1, 1.5, Number.NaN, 1), { lower, upper })
  expect(scores).toEqual(floats(0, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN))
})

test('bounds of other values are refused', async () => {
  const work = () => intervalScores(floats(1, 2), { lower: floats(0, 0), upper: floats(1) })
  expect(await failure(work)).toMatchObject({
    code: 'data',
    message: 'upper has 1 values, and actual has 2; give one bound for each value',
  })
})
