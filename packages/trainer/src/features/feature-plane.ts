import { momentsOf } from '../moments.js'
import { leadingVectors } from '../pca/leading-vectors.js'

/** Features as points in a plane. */
export interface FeaturePlane {
  /** windows × 2: along the first and the second principal component. */
  points: Float32Array
  /** The parts of the features' variance that lie along each; 0 where features never differ. */
  parts: [number, number]
}

/**
 * The plane in which features differ most: their first two principal components. A feature alone is the first
 * component, and the second is 0. Directions are such that the largest weight of each is positive.
 * @param features windows × size
 */
export function featurePlane(features: Float32Array, size: number): FeaturePlane {
  const { count, mean, covariance } = momentsOf(features, size)
  let variance = 0
  for (let i = 0; i < size; i++) variance += covariance[i * size + i]
  const vectors = leadingVectors(covariance, size, Math.min(size, 2))
  const points = new Float32Array(2 * count)
  const parts: [number, number] = [0, 0]
  for (let k = 0; k * size < vectors.length; k++) {
    const vector = pointingUp(vectors.subarray(k * size, (k + 1) * size))
    for (let w = 0; w < count; w++) {
      let place = 0
      for (let i = 0; i < size; i++) place += vector[i] * (features[w * size + i] - mean[i])
      points[2 * w + k] = place
      parts[k] += variance > 0 ? (place * place) / count / variance : 0
    }
  }
  return { points, parts }
}

function pointingUp(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0)
  return largest < 0 ? vector.map((x) => -x) : vector
}
