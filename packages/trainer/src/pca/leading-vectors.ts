import { Random } from '@tempocode/core'
import { jacobi } from './jacobi.js'

const EXTRA = 16 // vectors beyond those asked for, at least; the more, the fewer iterations
const TOLERANCE = 1e-9 // of the matrix's trace
const ITERATIONS = 500

/**
 * The eigenvectors of the largest eigenvalues of a symmetric, positive semidefinite matrix, by subspace iteration
 * with Rayleigh and Ritz's projection (Golub and Van Loan, Matrix Computations, 8.2.4), from seeded random vectors.
 * @param matrix n × n
 * @param count how many, at most n
 * @returns count × n, an eigenvector in each row
 */
export function leadingVectors(matrix: Float64Array, n: number, count: number): Float64Array {
  const block = Math.min(n, Math.ceil(1.25 * count) + EXTRA)
  const random = new Random(0, 'leading vectors')
  let trace = 0
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]

  let vectors: Float64Array = Float64Array.from({ length: block * n }, () => random.normal())
  let found = 0
  for (let iteration = 1; ; iteration++) {
    orthonormalize(vectors, n, random)
    const images = times(vectors, matrix, n) // the matrix is symmetric
    if (iteration % 5 !== 0 && block < n) {
      vectors = images
      continue
    }
    const ritz = jacobi(inner(vectors, images, n), block)
    const sum = ritz.values.subarray(0, count).reduce((a, b) => a + b, 0)
    if (block === n || sum - found <= TOLERANCE * trace || iteration >= ITERATIONS) {
      return combine(ritz.vectors, vectors, n).subarray(0, count * n)
    }
    found = sum
    vectors = combine(ritz.vectors, images, n)
  }
}

/** Gram and Schmidt's method, each vector twice, which keeps full precision. */
function orthonormalize(vectors: Float64Array, n: number, random: Random): void {
  for (let i = 0; i < vectors.length; i += n) {
    const vector = vectors.subarray(i, i + n)
    for (let pass = 0; pass < 2; pass++) {
      const before = Math.sqrt(dot(vector, vector))
      for (let k = 0; k < i; k += n) {
        const other = vectors.subarray(k, k + n)
        const part = dot(vector, other)
        for (let j = 0; j < n; j++) vector[j] -= part * other[j]
      }
      const size = Math.sqrt(dot(vector, vector))
      if (size > 1e-12 * before) {
        for (let j = 0; j < n; j++) vector[j] /= size
      } else {
        // the matrix has a lower rank than there are vectors: any other direction does
        for (let j = 0; j < n; j++) vector[j] = random.normal()
        pass = -1
      }
    }
  }
}

/** rows (m × n) times a matrix (n × n). */
function times(rows: Float64Array, matrix: Float64Array, n: number): Float64Array {
  const product = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i += n) {
    const row = product.subarray(i, i + n)
    for (let k = 0; k < n; k++) {
      const factor = rows[i + k]
      const other = matrix.subarray(k * n, (k + 1) * n)
      for (let j = 0; j < n; j++) row[j] += factor * other[j]
    }
  }
  return product
}

/** The inner products of all rows of a with all of b, both m × n: m × m, made symmetric against rounding. */
function inner(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const m = a.length / n
  const row = (matrix: Float64Array, i: number) => matrix.subarray(i * n, (i + 1) * n)
  return Float64Array.from({ length: m * m }, (_, index) => {
    const [i, j] = [Math.floor(index / m), index % m].sort((x, y) => x - y)
    return dot(row(a, i), row(b, j))
  })
}

/** New vectors, one for each column of `weights` (m × m): its sum of the old ones (m × n). */
function combine(weights: Float64Array, vectors: Float64Array, n: number): Float64Array {
  const m = vectors.length / n
  const combined = new Float64Array(vectors.length)
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const weight = weights[k * m + i]
      for (let j = 0; j < n; j++) combined[i * n + j] += weight * vectors[k * n + j]
    }
  }
  return combined
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
