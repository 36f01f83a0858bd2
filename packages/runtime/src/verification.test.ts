import { expect, test } from 'vitest'
import { errorOf, largestError } from './verification.js'

test.each([
  ['the largest difference as a part of the largest number', [1, 2.5], [1, 2], undefined, 0.25],
  ['the size counts, not the sign', [-1, -4], [-1, -2], undefined, 1],
  ['as a part of the least size where that is larger', [1, 3], [1, 2], 4, 0.25],
  ['nothing is a part of 0 but 0', [0, 0], [0, 0], undefined, 0],
  ['any difference from zeros is too much', [0, 1], [0, 0], undefined, Infinity],
  ['NaN where one is given', [1, NaN], [1, 2], undefined, NaN],
  ['NaN where one is due', [1, 2], [1, NaN], undefined, NaN],
])('%s', (_, given, due, least, error) => {
  expect(errorOf(Float32Array.from(given), Float32Array.from(due), least)).toBe(error)
})

test('the largest error is NaN where one is', () => {
  expect(largestError([0.5, 2, 1])).toBe(2)
  expect(largestError([0.5, NaN, 1])).toBe(NaN)
})
