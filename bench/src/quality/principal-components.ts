import { Random } from '@tempocode/core'

const ITERATIONS = 1000

/** What a few principal components leave of rows. */
export interface Residuals {
  /** The mean squared error of each row. */
  squared: Float64Array
  /** Its mean absolute error. */
  absolute: Float64Array
}

/**
 * Principal components of training rows, by power iteration, one after the other.
 * @param train rows of `size` numbers each
 * @returns what they leave of other rows
 */
export function principalComponents(train: Float32Array, size: number, count: number) {
  const rows = train.length / size
  const mean = new Float64Array(size)
  for (let i = 0; i < train.length; i++) mean[i % size] += train[i] / rows
  const centred = Float64Array.from(train, (value, i) => value - mean[i % size])
  const random = new Random(0, 'principal components')
  const vectors: Float64Array[] = []
  for (let k = 0; k < count; k++) {
    let vector = Float64Array.from({ length: size }, () => random.normal())
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const image = new Float64Array(size)
      for (let start = 0; start < centred.length; start += size) {
        const row = centred.subarray(start, start + size)
        add(image, row, dot(row, vector))
      }
      const length = Math.sqrt(dot(image, image))
      vector = image.map((value) => value / length)
    }
    subtract(centred, vector)
    vectors.push(vector)
  }
  return (values: Float32Array): Residuals => {
    const left = Float64Array.from(values, (value, i) => value - mean[i % size])
    for (const vector of vectors) subtract(left, vector)
    const meanOf = (part: (value: number) => number) => {
      const sums = new Float64Array(values.length / size)
      left.forEach((value, i) => {
        sums[Math.floor(i / size)] += part(value) / size
      })
      return sums
    }
    return { squared: meanOf((value) => value * value), absolute: meanOf(Math.abs) }
  }
}

/** Takes each row's part along a vector of length 1 away. */
function subtract(rows: Float64Array, vector: Float64Array): void {
  for (let start = 0; start < rows.length; start += vector.length) {
    const row = rows.subarray(start, start + vector.length)
    add(row, vector, -dot(row, vector))
  }
}

function add(sum: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * vector[i]
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
