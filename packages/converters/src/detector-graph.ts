import { type Head, meanSquare, type Scoring } from '@tempocode/runtime/metadata'
import { stepNumbers } from './forward-pass.js'
import type { Value } from './graph/graph.js'
import {
  add,
  div,
  greater,
  matMul,
  max,
  min,
  reduceMax,
  reduceSum,
  relu,
  slice,
  sqrt,
  square,
  sub,
  toFloat,
  unsqueeze,
  where,
} from './graph/ops.js'
import { fixed } from './graph/shapes.js'

/**
 * The error of each column, [batch, columns]: the root of the mean of (x − x̂)² over the rows that are compared, then
 * over the heads.
 * @param x scaled rows [batch, span, columns]
 * @param outputs what the network makes of them for each head, scaled
 * @param lengths [batch] int32, where the rest of the rows is padding
 */
export function columnErrors(
  x: Value,
  outputs: readonly Value[],
  heads: readonly Head[],
  lengths?: Value,
): Value {
  const errors = heads.map(({ offset, steps }, i) => {
    const rows = slice(x, 1, offset, offset + steps)
    const distance = square(sub(rows, outputs[i]))
    if (!lengths) return div(reduceSum(distance, [1]), steps)
    const end = sub(toFloat(lengths), offset) // of the head's rows that count
    const isPadding = greater(stepNumbers(outputs[i]), unsqueeze(unsqueeze(end, 1), 1))
    const counted = min(max(end, 0), steps)
    return div(reduceSum(where(isPadding, 0, distance), [1]), unsqueeze(counted, 1))
  })
  return sqrt(div(errors.reduce(add), heads.length))
}

/**
 * The score of each window, [batch], by its columns' errors [batch, columns] and its features [batch, features]; see
 * `ScoreKind`.
 */
export function windowScore(errors: Value, features: Value | undefined, scoring: Scoring): Value {
  const { kind, errors: statistics } = scoring
  const columns = fixed(errors.shape[1])
  if (kind === 'max') return reduceMax(errors, [1])
  if (kind === 'mean') return div(reduceSum(errors, [1]), columns)
  if (!statistics) throw new Error(`score ${kind} needs statistics of errors`)
  const { graph } = errors
  const { mean, deviation, whitening } = statistics
  const distance = sub(errors, graph.constant(mean, [columns]))
  if (kind === 'zscore') {
    const z = div(distance, graph.constant(deviation, [columns]))
    return sqrt(div(reduceSum(square(relu(z)), [1]), columns))
  }
  if (kind === 'mahalanobis') return squaredDistance(distance, whitening)
  if (!features || !scoring.features) throw new Error('score combined needs features and their statistics')
  const squares = Float32Array.from(mean, (_, column) => columns * meanSquare(statistics, column))
  const ofErrors = reduceSum(div(square(errors), graph.constant(squares, [columns])), [1])
  const center = graph.constant(scoring.features.mean, [scoring.features.mean.length])
  return sqrt(add(ofErrors, squaredDistance(sub(features, center), scoring.features.whitening)))
}

/** dᵀ Σ⁻¹ d of each row d. */
function squaredDistance(rows: Value, whitening: Float32Array): Value {
  const size = fixed(rows.shape[1])
  return reduceSum(
    square(matMul(rows, rows.graph.constant(transposedOf(whitening, size), [size, size]))),
    [1],
  )
}

/** Of a lower triangular matrix, stored row by row, the transpose with all its zeros. */
function transposedOf(triangle: Float32Array, size: number): Float32Array {
  const matrix = new Float32Array(size * size)
  for (let row = 0, at = 0; row < size; at += ++row) {
    for (let column = 0; column <= row; column++) matrix[column * size + row] = triangle[at + column]
  }
  return matrix
}
