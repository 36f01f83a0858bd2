import { Random } from '@tempocode/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orthogonal } from './orthogonal.js'

/** The largest entry of |Q Qᵀ − I| over the shorter side's vectors. */
function deviation(matrix: Float32Array, rows: number, columns: number): number {
  const n = Math.min(rows, columns)
  const at = (i: number, k: number) => (rows <= columns ? matrix[i * columns + k] : matrix[k * columns + i])
  let worst = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? -1 : 0
      for (let k = 0; k < Math.max(rows, columns); k++) sum += at(i, k) * at(j, k)
      worst = Math.max(worst, Math.abs(sum))
    }
  }
  return worst
}

test('the vectors of the shorter side are orthonormal', () => {
  const side = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(side, side, fc.integer(), (rows, columns, seed) => {
      expect(deviation(orthogonal(rows, columns, new Random(seed)), rows, columns)).toBeLessThan(1e-6)
    }),
    { seed: 1, numRuns: 60 },
  )
})

test('a recurrent kernel of 512 units is orthonormal to float32’s precision', () => {
  const matrix = orthogonal(512, 2048, new Random(0))
  expect(deviation(matrix, 512, 2048)).toBeLessThan(1e-6)
})
