// Arithmetic on plain numbers, in double precision, to hold layers against.

export type Vector = number[]
export type Matrix = number[][]

/** x · K */
export const times = (x: Vector, kernel: Matrix): Vector =>
  kernel[0].map((_, j) => x.reduce((sum, value, i) => sum + value * kernel[i][j], 0))

export const plus = (...vectors: Vector[]): Vector =>
  vectors[0].map((_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0))

export const transpose = (matrix: Matrix): Matrix => matrix[0].map((_, j) => matrix.map((row) => row[j]))

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
