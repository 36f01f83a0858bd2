import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { codeDistribution } from './codes.js'

const N = 500
const random = new Random(0, 'codes')

/** Of features, by the definition. */
function covarianceOf(features: Float32Array, size: number) {
  const column = (i: number) => features.filter((_, k) => k % size === i)
  const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length
  return (i: number, j: number) => {
    const [a, b] = [column(i), column(j)]
    const [meanA, meanB] = [mean(a), mean(b)]
    return a.reduce((sum, value, k) => sum + ((value - meanA) * (b[k] - meanB)) / a.length, 0)
  }
}

/** L · Lᵀ */
function product(factor: Float32Array, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k <= Math.min(i, j); k++)
    sum += factor[(i * (i + 1)) / 2 + k] * factor[(j * (j + 1)) / 2 + k]
  return sum
}

test.each([
  ['independent', (z: () => number) => [z(), 3 * z(), z() - 5]],
  ['dependent', (z: () => number) => [z(), z(), z()].map((value, i, all) => all[0] + i * 0.5 * value)],
  ['one the sum of others', (z: () => number) => ((a, b) => [a, b, a + b])(z(), z())],
  ['one that never changes', (z: () => number) => [z(), 7, z()]],
  ['none that changes', () => [1, 2, 3]],
])('the factor gives the covariance back: %s', (_, draw) => {
  const features = Float32Array.from(Array.from({ length: N }, () => draw(() => random.normal())).flat())
  const { windows, mean, factor } = codeDistribution(features, 3)
  expect(windows).toBe(N)
  expect(factor.length).toBe(6)
  expect([...factor].every(Number.isFinite)).toBe(true)
  const covariance = covarianceOf(features, 3)
  for (const i of [0, 1, 2]) {
    const average = features.filter((_, k) => k % 3 === i).reduce((a, b) => a + b, 0) / N
    expect(mean[i]).toBeCloseTo(average, 4)
    for (const j of [0, 1, 2]) expect(product(factor, i, j)).toBeCloseTo(covariance(i, j), 4)
  }
})

test('fewer windows than features are enough', () => {
  const features = Float32Array.from({ length: 2 * 5 }, () => random.normal())
  const { factor } = codeDistribution(features, 5)
  expect([...factor].every(Number.isFinite)).toBe(true)
  const covariance = covarianceOf(features, 5)
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) expect(product(factor, i, j)).toBeCloseTo(covariance(i, j), 4)
  }
})

test('rounding does not make features of dependent ones', () => {
  const size = 40
  const mix = Array.from({ length: size }, () => [0, 1, 2].map(() => random.below(9) - 4))
  const rows = Array.from({ length: N }, () => {
    const base = [0, 1, 2].map(() => random.below(2001) - 1000)
    return mix.map((part) => part.reduce((sum, times, k) => sum + times * base[k], 0))
  })
  const { factor } = codeDistribution(Float32Array.from(rows.flat()), size)
  const used = Array.from({ length: size }, (_, j) => factor[(j * (j + 1)) / 2 + j]).filter(
    (pivot) => pivot > 0,
  )
  expect(used.length).toBe(3)
})
