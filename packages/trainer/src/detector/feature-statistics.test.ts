import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { featureStatistics } from './feature-statistics.js'

/** What the whitening makes of one vector: W (x − μ), squared and added up. */
function distance(x: readonly number[], { mean, whitening }: ReturnType<typeof featureStatistics>): number {
  let [sum, at] = [0, 0]
  for (let row = 0; row < x.length; row++) {
    let whitened = 0
    for (let c = 0; c <= row; c++) whitened += whitening[at++] * (x[c] - mean[c])
    sum += whitened ** 2
  }
  return sum
}

// import numpy as np; from sklearn.covariance import LedoitWolf   # scikit-learn 1.9.1
// X = np.array([[np.sin(i), np.cos(2 * i), np.sin(i) + 0.1 * np.cos(5 * i)] for i in range(12)])
// lw = LedoitWolf().fit(X); d = lw.mahalanobis(X); print(lw.shrinkage_, d / d.mean())
test('the distances are those of scikit-learn’s LedoitWolf, as parts of their mean', () => {
  const rows = Array.from({ length: 12 }, (_, i) => [
    Math.sin(i),
    Math.cos(2 * i),
    Math.sin(i) + 0.1 * Math.cos(5 * i),
  ])
  const statistics = featureStatistics(Float32Array.from(rows.flat()), 3)
  const due = [
    0.8668292, 0.9165128, 1.1595658, 0.8073856, 0.6937171, 1.6001747, 0.7287715, 0.3920246, 1.7619032,
    0.5503969, 0.4770881, 2.0456305,
  ]
  rows.forEach((row, i) => {
    expect(distance(row, statistics)).toBeCloseTo(due[i], 5)
  })
})

test('fewer windows than features, and features that never vary, have finite distances', () => {
  const random = new Random(1, 'features')
  const few = Float32Array.from({ length: 5 * 8 }, (_, i) => (i % 8 === 3 ? 0.5 : random.normal()))
  const statistics = featureStatistics(few, 8)
  const distances = Array.from({ length: 5 }, (_, w) =>
    distance([...few.subarray(8 * w, 8 * w + 8)], statistics),
  )
  expect(distances.reduce((a, b) => a + b, 0) / 5).toBeCloseTo(1, 5)

  const still = featureStatistics(new Float32Array(12).fill(0.25), 3)
  expect([...still.whitening]).toEqual([0, 0, 0, 0, 0, 0])
})
