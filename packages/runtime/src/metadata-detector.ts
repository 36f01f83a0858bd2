import { decodeFloats } from './base64.js'
import type { OutputShape } from './chunked-session.js'
import {
  type ErrorStatistics,
  type FeatureStatistics,
  isScoreKind,
  needsStatistics,
  type ScoreKind,
} from './detector/score.js'
import { type ScoreStatistics, storedRanks, type Tail } from './detector/score-statistics.js'
import { isRule, ruleOf, type ThresholdRule } from './detector/threshold-rule.js'
import { lengthsPart, readGoldenOutputs } from './golden.js'
import { headOutputs } from './heads.js'
import {
  type AutoencoderMetadata,
  type Head,
  readAutoencoder,
  readHeads,
  readMasked,
} from './metadata-common.js'
import { type Fields, isCount, isNumber, isShare } from './metadata-fields.js'
import { type FloatTensor, isStoredFloats } from './stored-tensor.js'

/** Of a detector: raw rows in; what the network makes of them, the error of each column and a score out. */
export interface DetectorMetadata extends AutoencoderMetadata {
  kind: 'detector'
  /** Rows of an input: those of a window, and as many after it as are predicted. */
  span: number
  /** Whether windows are sequences of 1 to `window` rows, whose lengths it takes too. Default false. */
  masked?: boolean
  /** The rows that the network gives, which are compared with those of the input. */
  heads: Head[]
  /** Number of features of a window, where the network has a code. */
  features?: number
  /** How errors become a score. */
  score: ScoreKind
  /** Of the calibration windows' errors; missing where nothing was calibrated. */
  errors?: ErrorStatistics
  /** Of the calibration windows' features, where the score needs them. */
  codes?: FeatureStatistics
  /** Of the calibration windows' scores; missing where nothing was calibrated. */
  scores?: ScoreStatistics
  /** How the threshold comes from the scores, unless another one is asked for. */
  rule?: ThresholdRule
  /** The threshold that the rule gives. */
  threshold?: number
  golden: GoldenDetection
}

/** Raw windows, and what the reference made of them. */
export interface GoldenDetection {
  /** [n, span, columns] */
  input: FloatTensor
  /** Of sequences of different lengths: how many rows of each window count. */
  lengths?: number[]
  /** By their names: the heads' raw rows [n, steps, columns], `errors` [n, columns], `features` [n, features] where there are some, and `score` [n]. */
  outputs: Record<string, FloatTensor>
  /** The largest difference allowed, as a part of the largest value: of a head's column, or of all numbers of another output. */
  tolerance: number
}

/** What the graph gives, in its order, by name and shape for one window. */
export const detectorOutputs = (
  { heads, features }: Pick<DetectorMetadata, 'heads' | 'features'>,
  columns: number,
): OutputShape[] => [
  ...headOutputs(heads, columns),
  { name: 'errors', shape: [columns] },
  ...(features === undefined ? [] : [{ name: 'features', shape: [features] }]),
  { name: 'score', shape: [] },
]

export function readDetector(fields: Fields): DetectorMetadata {
  const common = readAutoencoder(fields)
  const columns = common.columns.length
  const masked = readMasked(fields)
  const heads = readHeads(fields)
  const number = (key: string) => fields.json(key, isNumber, 'a number')
  const score = fields.check('score', fields.text('score'), isScoreKind, 'a kind of score')
  const errors = fields.optional('errors', (key) =>
    fields.json(key, isErrors(columns), `mean, deviation and whitening of ${columns} columns' errors`),
  )
  if (needsStatistics(score) && !errors)
    fields.fail(`metadata tempocode.errors are missing: ${score} needs them`)
  const features = fields.optional('features', (key) => fields.count(key))
  const codes = fields.optional('codes', (key) =>
    fields.json(key, areCodes(features ?? 0), `mean and whitening of ${features ?? 0} features`),
  )
  if (score === 'combined' && !codes) fields.fail('metadata tempocode.codes are missing: combined needs them')
  const scores = fields.optional('scores', (key) =>
    fields.json(key, isScores, 'count, mean, deviation, ordered scores and their tail'),
  )
  const span = fields.count('span')
  const outputs = detectorOutputs({ heads, features }, columns)
  return {
    kind: 'detector',
    ...common,
    span,
    masked,
    heads,
    score,
    errors: errors && {
      ...errors,
      mean: decodeFloats(errors.mean),
      deviation: decodeFloats(errors.deviation),
      whitening: decodeFloats(errors.whitening),
    },
    features,
    codes: codes && { mean: decodeFloats(codes.mean), whitening: decodeFloats(codes.whitening) },
    scores: scores && { ...scores, order: decodeFloats(scores.order) },
    rule: fields.optional('rule', (key) =>
      ruleOf(fields.check(key, fields.text(key), isRuleText, 'a rule for thresholds')),
    ),
    threshold: fields.optional('threshold', number),
    golden: readGoldenOutputs(fields, [span, columns], outputs, lengthsPart(span, masked)),
  }
}

const isRuleText = (value: unknown): value is string => typeof value === 'string' && isRule(value)

const isErrors =
  (columns: number) =>
  (value: unknown): value is { windows: number; mean: string; deviation: string; whitening: string } => {
    const { windows, mean, deviation, whitening } = (value ?? {}) as Record<string, unknown>
    return (
      isCount(windows) &&
      isStoredFloats(mean, columns) &&
      isStoredFloats(deviation, columns) &&
      decodeFloats(deviation).every((number) => number > 0) &&
      isStoredFloats(whitening, (columns * (columns + 1)) / 2)
    )
  }

const areCodes =
  (features: number) =>
  (value: unknown): value is { mean: string; whitening: string } => {
    const { mean, whitening } = (value ?? {}) as Record<string, unknown>
    return isStoredFloats(mean, features) && isStoredFloats(whitening, (features * (features + 1)) / 2)
  }

function isScores(value: unknown): value is Omit<ScoreStatistics, 'order'> & { order: string } {
  const { count, mean, deviation, order, tail } = (value ?? {}) as Record<string, unknown>
  if (!isCount(count) || !isNumber(mean) || !isNumber(deviation) || deviation < 0) return false
  if (!isStoredFloats(order, storedRanks(count).length)) return false
  const isAscending = decodeFloats(order).every((score, i, all) => i === 0 || score >= all[i - 1])
  return isAscending && isTail(tail)
}

function isTail(value: unknown): value is ScoreStatistics['tail'] {
  const { start, share, shape, scale, missing } = (value ?? {}) as Partial<Tail & { missing: string }>
  if (missing !== undefined) return typeof missing === 'string'
  return isNumber(start) && isShare(share) && isNumber(shape) && isNumber(scale) && scale > 0
}
