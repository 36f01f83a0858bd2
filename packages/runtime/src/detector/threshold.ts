import { TempocodeError } from '@tempocode/core'
import { partBelow, quantileOf, type ScoreStatistics, type Tail } from './score-statistics.js'
import { parseRule, TAIL_PART, type ThresholdRule } from './threshold-rule.js'

/** A score above the value is an anomaly. */
export interface Threshold {
  value: number
  /** What keeps the value from being what its rule means. */
  warning?: string
}

/**
 * The threshold that a rule gives, from what is stored of the calibration windows' scores alone.
 * @param scores may be missing where the rule is a number
 * @throws TempocodeError `option` for a rule that is not allowed, or that needs scores where there are none
 */
export function thresholdOf(scores: ScoreStatistics | undefined, rule: ThresholdRule): Threshold {
  const { kind, value } = parseRule(rule)
  if (kind === 'number') return { value }
  if (!scores) {
    const message = `threshold ${JSON.stringify(rule)} needs scores of normal windows, and the file holds none`
    throw new TempocodeError('option', `${message}; use a number`)
  }
  if (kind === 'margin') return { value: value * quantileOf(scores, 0.99) }
  if (kind === 'sigma') return { value: scores.mean + value * scores.deviation }
  if (kind === 'quantile') return { value: quantileOf(scores, value) }
  return atRate(scores, value, rule)
}

/** The score that this part of the normal windows exceeds. */
function atRate(scores: ScoreStatistics, rate: number, rule: ThresholdRule): Threshold {
  const { tail, count } = scores
  const empirical = quantileOf(scores, 1 - rate)
  if (!('missing' in tail)) {
    if (rate < tail.share) return { value: tail.start + excessAt(tail, rate) }
    return { value: Math.min(empirical, tail.start) }
  }
  if (rate >= TAIL_PART) return { value: empirical }
  const served = `the quantile ${1 - rate} of ${count} scores serves`
  return { value: empirical, warning: `threshold ${rule}: no tail was fitted: ${tail.missing}; ${served}` }
}

/**
 * Which rate of false alarms a score stands for: the part of normal windows that exceed it. The inverse of the rule
 * `rate`, and so what compares scores of different detectors: −log10 of it counts tenfold rarities.
 * @returns from 0 (beyond the end of a tail that ends) to 1; above all scores that were seen, where no tail was fitted,
 *   1 / (count + 1)
 */
export function rateOf(scores: ScoreStatistics, score: number): number {
  const { tail, count } = scores
  const empirical = 1 - partBelow(scores, score)
  if ('missing' in tail) return Math.max(empirical, 1 / (count + 1))
  return score > tail.start
    ? tail.share * shareAbove(tail, score - tail.start)
    : Math.max(empirical, tail.share)
}

/** z_q of Siffer et al., counted from the tail's start. */
function excessAt({ share, shape, scale }: Tail, rate: number): number {
  const rarity = Math.log(share / rate)
  return isExponential(shape) ? scale * rarity : (scale * Math.expm1(shape * rarity)) / shape
}

function shareAbove({ shape, scale }: Tail, excess: number): number {
  if (isExponential(shape)) return Math.exp(-excess / scale)
  return Math.exp(-Math.log1p(Math.max(-1, (shape * excess) / scale)) / shape)
}

/** Whether a shape is so near to 0 that what it would change is less than rounding. */
const isExponential = (shape: number) => Math.abs(shape) < 1e-12
