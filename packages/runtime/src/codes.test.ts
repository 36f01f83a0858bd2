import { expect, test } from 'vitest'
import { sampleCodes } from './codes.js'

const distribution = {
  windows: 10,
  mean: Float32Array.of(1, -2, 0.5),
  factor: Float32Array.of(0.5, -0.25, 1, 0.75, 0, 0),
}

test('codes have the mean and the covariance that they are drawn with', () => {
  const n = 20_000
  const codes = sampleCodes(distribution, n, 1)
  const { mean, factor } = distribution
  const l = [
    [factor[0], 0, 0],
    [factor[1], factor[2], 0],
    [factor[3], factor[4], factor[5]],
  ]
  for (const i of [0, 1, 2]) {
    for (const j of [0, 1, 2]) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += (codes[3 * k + i] - mean[i]) * (codes[3 * k + j] - mean[j])
      const expected = l[i].reduce((total, value, k) => total + value * l[j][k], 0)
      expect(Math.abs(sum / n - expected)).toBeLessThan(0.02)
    }
    let sum = 0
    for (let k = 0; k < n; k++) sum += codes[3 * k + i]
    expect(Math.abs(sum / n - mean[i])).toBeLessThan(0.02)
  }
})

test('the seed alone decides, and more codes begin as fewer do', () => {
  const codes = sampleCodes(distribution, 5, 7)
  expect(sampleCodes(distribution, 9, 7).subarray(0, 15)).toEqual(codes)
  expect(sampleCodes(distribution, 5, 8)).not.toEqual(codes)
})
