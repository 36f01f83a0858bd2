import { expect, test } from 'vitest'
import { headErrors, headOutputs, rowsByHead } from './heads.js'

const heads = [
  { name: 'reconstruction', offset: 0, steps: 2 },
  { name: 'prediction', offset: 2, steps: 1 },
]

test('a head gives as many rows as it has steps', () => {
  expect(headOutputs(heads, 3)).toEqual([
    { name: 'reconstruction', shape: [2, 3] },
    { name: 'prediction', shape: [1, 3] },
  ])
})

test('rows go by the names of the heads, other outputs are left out', () => {
  const [reconstruction, prediction, score] = [8, 4, 2].map((length) => new Float32Array(length))
  expect(rowsByHead({ reconstruction, prediction, score }, heads, 2, 2)).toEqual({
    reconstruction: { data: reconstruction, shape: [2, 2, 2] },
    prediction: { data: prediction, shape: [2, 1, 2] },
  })
})

test('each column of each head has an error of its own, by its largest value or its scale', () => {
  const floats = (...rows: number[][]) => Float32Array.from(rows.flat())
  const given = { reconstruction: floats([1, 15], [3, 20]), prediction: floats([0, 0]) }
  const golden = {
    reconstruction: { data: floats([1, 10], [2, 20]), shape: [1, 2, 2] },
    prediction: { data: floats([1, -2]), shape: [1, 1, 2] },
  }
  expect(headErrors(heads, [-4, 1], given, golden)).toEqual([0.25, 0.25, 0.25, 1])
})
