import { TempocodeError } from '@tempocode/core'

/**
 * How the errors of a window's columns become its score, which is higher for what is less like the training:
 * - `mean`: the errors' mean
 * - `max`: the largest of them
 * - `zscore`: of each error, how many standard deviations it lies above its mean; the root of the mean of their squares,
 *   errors below their means counting 0
 * - `mahalanobis`: (e − μ)ᵀ Σ⁻¹ (e − μ), the squared Mahalanobis distance of the errors from the calibration windows'
 *   (Malhotra et al. 2016, LSTM-based Encoder-Decoder for Multi-sensor Anomaly Detection)
 * - `combined`: √(T² + Q). Q is the mean of e² over the columns, each divided by what it is in calibration windows on
 *   average; T² is the same of the features: their squared Mahalanobis distance from those of the calibration windows
 *   (Hotelling), divided by its average. So a window is anomalous where the network does not know it, and where it knows
 *   it as something rare (the combined index of Yue & Qin 2001, Reconstruction-Based Fault Identification)
 */
export type ScoreKind = 'mean' | 'max' | 'zscore' | 'mahalanobis' | 'combined'

const KINDS: readonly string[] = ['mean', 'max', 'zscore', 'mahalanobis', 'combined'] satisfies ScoreKind[]

export const isScoreKind = (value: unknown): value is ScoreKind => KINDS.includes(value as string)

/** @throws TempocodeError `option` where there is no such kind of score */
export function checkScoreKind(kind: unknown): asserts kind is ScoreKind {
  if (isScoreKind(kind)) return
  throw new TempocodeError(
    'option',
    `score ${JSON.stringify(kind)} is unknown; use one of ${KINDS.join(', ')}`,
  )
}

/** Mean, deviation and covariance of the calibration windows' errors. */
export interface ErrorStatistics {
  /** How many windows they were computed from. */
  windows: number
  /** One number for each column. */
  mean: Float32Array
  deviation: Float32Array
  /** The lower triangular W of Σ⁻¹ = Wᵀ · W, row by row: one number, two numbers, … */
  whitening: Float32Array
}

/** Mean and covariance of the calibration windows' features. */
export interface FeatureStatistics {
  /** One number for each feature. */
  mean: Float32Array
  /** As that of the errors, scaled so that the calibration windows' squared distance is 1 on average. */
  whitening: Float32Array
}

/** A kind, and the statistics that all but `mean` and `max` need. */
export interface Scoring {
  kind: ScoreKind
  errors?: ErrorStatistics
  /** For `combined`. */
  features?: FeatureStatistics
}

/** What a network makes of windows. */
export interface Measures {
  /** windows × columns */
  errors: Float32Array
  /** windows × features; of a network that has some. */
  features?: Float32Array
}

/** Whether scores of a kind are measured by what errors usually are. */
export const needsStatistics = (kind: ScoreKind): boolean => kind !== 'mean' && kind !== 'max'

/**
 * What each column adds to a window's score, windows × columns. They add up to the score for `mean`, `combined` and
 * `mahalanobis` (where one that is below 0 speaks for a normal window); for `max` and `zscore` they are the columns' own
 * errors and z-scores. For `combined`, where the features' part has no column, each has its part of Q.
 * @param errors windows × columns
 * @param scores of the same windows
 */
export function contributionsOf(
  errors: Float32Array,
  scores: Float32Array,
  columns: number,
  scoring: Scoring,
): Float32Array {
  const { kind } = scoring
  if (kind === 'max') return errors.slice()
  if (kind === 'mean') return errors.map((error) => error / columns)
  const statistics = statisticsOf(scoring)
  const { mean, deviation } = statistics
  if (kind === 'zscore') return errors.map((error, i) => (error - mean[i % columns]) / deviation[i % columns])
  if (kind === 'mahalanobis') return distanceParts(errors, columns, statistics)
  const parts = relativeSquares(errors, columns, statistics)
  const sums = sumsOf(parts, columns)
  return parts.map((part, i) => {
    const w = Math.floor(i / columns)
    return sums[w] === 0 ? scores[w] / columns : (part / sums[w]) * scores[w]
  })
}

/** The scores of windows, as the detector's graph computes them. */
export function scoresOf({ errors, features }: Measures, columns: number, scoring: Scoring): Float32Array {
  const { kind } = scoring
  if (kind === 'max') {
    return perWindow(errors, columns, (own) => own.reduce((most, part) => Math.max(most, part), -Infinity))
  }
  if (kind === 'mean') return sumsOf(errors, columns).map((sum) => sum / columns)
  const statistics = statisticsOf(scoring)
  const { mean, deviation } = statistics
  if (kind === 'mahalanobis') return sumsOf(distanceParts(errors, columns, statistics), columns)
  if (kind === 'zscore') {
    const above = errors.map((e, i) => Math.max((e - mean[i % columns]) / deviation[i % columns], 0) ** 2)
    return sumsOf(above, columns).map((sum) => Math.sqrt(sum / columns))
  }
  if (!features || !scoring.features) throw new Error('score combined needs features and their statistics')
  const count = scoring.features.mean.length
  const ofFeatures = sumsOf(distanceParts(features, count, scoring.features), count)
  const ofErrors = sumsOf(relativeSquares(errors, columns, statistics), columns)
  return ofErrors.map((sum, w) => Math.sqrt(sum / columns + ofFeatures[w]))
}

/**
 * What scores are made of that can be compared with its own past: Q and T² of `combined`, of other kinds the score.
 * @param errors windows × columns
 * @param scores of the same windows
 */
export function partsOf(
  errors: Float32Array,
  scores: Float32Array,
  columns: number,
  scoring: Scoring,
): Float32Array[] {
  if (scoring.kind !== 'combined') return [scores]
  const q = sumsOf(relativeSquares(errors, columns, statisticsOf(scoring)), columns).map(
    (sum) => sum / columns,
  )
  return [q, scores.map((score, w) => Math.max(score ** 2 - q[w], 0))]
}

/** The mean of e² in calibration windows. */
export const meanSquare = ({ mean, deviation }: ErrorStatistics, column: number): number =>
  mean[column] ** 2 + deviation[column] ** 2

const relativeSquares = (errors: Float32Array, columns: number, statistics: ErrorStatistics) =>
  errors.map((error, i) => error ** 2 / meanSquare(statistics, i % columns))

/** (x − μ)ᵢ (Σ⁻¹ (x − μ))ᵢ for each number of each vector: they add up to the squared distance. */
function distanceParts(
  vectors: Float32Array,
  size: number,
  { mean, whitening }: Pick<ErrorStatistics, 'mean' | 'whitening'>,
): Float32Array {
  const parts = new Float32Array(vectors.length)
  const distance = new Float64Array(size)
  const product = new Float64Array(size) // Σ⁻¹ · distance
  for (let w = 0; w < vectors.length; w += size) {
    for (let c = 0; c < size; c++) distance[c] = vectors[w + c] - mean[c]
    product.fill(0)
    for (let row = 0, at = 0; row < size; at += ++row) {
      let whitened = 0
      for (let c = 0; c <= row; c++) whitened += whitening[at + c] * distance[c]
      for (let c = 0; c <= row; c++) product[c] += whitening[at + c] * whitened
    }
    for (let c = 0; c < size; c++) parts[w + c] = distance[c] * product[c]
  }
  return parts
}

const sumsOf = (values: Float32Array, size: number) =>
  perWindow(values, size, (own) => own.reduce((sum, part) => sum + part, 0))

const perWindow = (values: Float32Array, size: number, of: (own: Float32Array) => number) =>
  Float32Array.from({ length: values.length / size }, (_, w) => of(values.subarray(w * size, (w + 1) * size)))

function statisticsOf({ kind, errors }: Scoring): ErrorStatistics {
  if (errors) return errors
  throw new Error(`score ${kind} needs statistics of errors`)
}
