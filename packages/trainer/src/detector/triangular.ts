/**
 * The rows of L, of a symmetric matrix L · Lᵀ (Cholesky); undefined where less than `least` is left of a diagonal
 * element when the columns before it are known.
 */
export function choleskyFactor(
  n: number,
  at: (i: number, j: number) => number,
  least: number,
): Float64Array[] | undefined {
  const rows = Array.from({ length: n }, (_, i) => new Float64Array(i + 1))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = at(i, j)
      for (let k = 0; k < j; k++) rest -= rows[i][k] * rows[j][k]
      if (i > j) rows[i][j] = rest / rows[j][j]
      else if (rest < least) return undefined
      else rows[i][i] = Math.sqrt(rest)
    }
  }
  return rows
}

/** The inverse of a lower triangular matrix, by forward substitution. */
export function inverseOf(rows: readonly Float64Array[]): Float64Array[] {
  const inverse = rows.map((row) => new Float64Array(row.length))
  for (let column = 0; column < rows.length; column++) {
    for (let i = column; i < rows.length; i++) {
      let sum = i === column ? 1 : 0
      for (let k = column; k < i; k++) sum -= rows[i][k] * inverse[k][column]
      inverse[i][column] = sum / rows[i][i]
    }
  }
  return inverse
}
