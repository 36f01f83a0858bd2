/** Mean and covariance of vectors. */
export interface Moments {
  /** How many vectors. */
  count: number
  mean: Float64Array
  /** size × size, over the vectors themselves: their number divides. */
  covariance: Float64Array
}

/** @param vectors count × size, one after the other */
export function momentsOf(vectors: Float32Array, size: number): Moments {
  const count = vectors.length / size
  const mean = new Float64Array(size)
  for (let i = 0; i < vectors.length; i++) mean[i % size] += vectors[i] / count
  const covariance = new Float64Array(size * size)
  for (let start = 0; start < vectors.length; start += size) {
    for (let i = 0; i < size; i++) {
      const distance = (vectors[start + i] - mean[i]) / count
      for (let j = 0; j <= i; j++) covariance[i * size + j] += distance * (vectors[start + j] - mean[j])
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) covariance[j * size + i] = covariance[i * size + j]
  }
  return { count, mean, covariance }
}
