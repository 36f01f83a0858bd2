import { expect, test } from 'vitest'
import { checkLoss, checkState, checkStep } from './finite.js'

const place = { epoch: 2, step: 7 }
const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

test.each(bad)('%d is found wherever it stands, and the step is named', (value) => {
  const found = {
    code: 'diverged',
    place,
    message: expect.stringContaining('step 7 of epoch 2; try a lower'),
  }
  expect(() => checkStep({ loss: value, norm: 1 }, 2, 7)).toThrow(expect.objectContaining(found))
  expect(() => checkStep({ loss: 1, norm: value }, 2, 7)).toThrow(expect.objectContaining(found))
  expect(() => checkLoss(value, 2, 7)).toThrow(expect.objectContaining(found))
  const tensors = [new Float32Array(3), Float32Array.of(1, value, 3)]
  expect(() => checkState({ step: 7, tensors }, 2, 7)).toThrow(expect.objectContaining(found))
})

test('numbers of any size are fine', () => {
  checkStep({ loss: 1e300, norm: 0 }, 2, 7)
  checkLoss(-0, 2, 7)
  checkState(
    { step: 7, tensors: [Float32Array.of(3.4e38, -3.4e38, 3.4e38, 1e-45), new Float32Array(0)] },
    2,
    7,
  )
})
