import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { featurePlane } from './feature-plane.js'

const random = new Random(0, 'plane')
const normals = Float64Array.from({ length: 3000 }, () => random.normal())

test('features that vary along two known directions lie along them, with their parts of the variance', () => {
  const along = [0.6, 0, 0.8, 0] // orthonormal directions in space
  const across = [0, 1, 0, 0]
  const features = Float32Array.from({ length: 4000 }, (_, i) => {
    const w = Math.floor(i / 4)
    return 5 + 3 * normals[w] * along[i % 4] + normals[1000 + w] * across[i % 4]
  })
  const { points, parts } = featurePlane(features, 4)
  expect(parts[0]).toBeCloseTo(0.9, 1)
  expect(parts[0] + parts[1]).toBeCloseTo(1, 6)
  const mean = normals.subarray(0, 1000).reduce((a, b) => a + b, 0) / 1000
  const correlation = correlate(
    points.filter((_, i) => i % 2 === 0),
    normals.subarray(0, 1000).map((x) => x - mean),
  )
  expect(correlation).toBeGreaterThan(0.995)
})

test('a feature alone lies along the first, and features that never differ lie in one point', () => {
  const alone = featurePlane(Float32Array.of(1, 2, 3), 1)
  expect([...alone.points]).toEqual([-1, 0, 0, 0, 1, 0])
  expect(alone.parts).toEqual([expect.closeTo(1, 6), 0])
  const same = featurePlane(new Float32Array(12).fill(7), 3)
  expect([...same.points].map(Math.abs)).toEqual(new Array(8).fill(0))
  expect(same.parts).toEqual([0, 0])
})

function correlate(a: Float32Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i]
    aa += a[i] * a[i]
    bb += b[i] * b[i]
  }
  return ab / Math.sqrt(aa * bb)
}
