/**
 * Eigenvalues and eigenvectors of a symmetric matrix, largest first, by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5).
 * @param matrix n × n; it is overwritten
 * @returns `vectors`: n × n, an eigenvector in each column
 */
export function jacobi(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  while (offDiagonal(matrix, n) > 1e-13) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q)
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => matrix[b * n + b] - matrix[a * n + a])
  return {
    values: Float64Array.from(order, (i) => matrix[i * n + i]),
    vectors: Float64Array.from(vectors, (_, i) => vectors[Math.floor(i / n) * n + order[i % n]]),
  }
}

/** Turns rows and columns p and q so that the element between them becomes 0. */
function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const between = matrix[p * n + q]
  if (between === 0) return
  const tau = (matrix[q * n + q] - matrix[p * n + p]) / (2 * between)
  const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau))
  const c = 1 / Math.hypot(1, t)
  const s = t * c
  for (let k = 0; k < n; k++) turn(matrix, k * n + p, k * n + q, c, s)
  for (let k = 0; k < n; k++) turn(matrix, p * n + k, q * n + k, c, s)
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q, c, s)
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = values[i]
  const y = values[j]
  values[i] = c * x - s * y
  values[j] = s * x + c * y
}

/** The size of what is off the diagonal, as a part of the whole matrix's. */
function offDiagonal(matrix: Float64Array, n: number): number {
  let off = 0
  let all = 0
  for (let i = 0; i < matrix.length; i++) {
    const square = matrix[i] * matrix[i]
    all += square
    if (i % (n + 1) !== 0) off += square
  }
  return all === 0 ? 0 : Math.sqrt(off / all)
}
