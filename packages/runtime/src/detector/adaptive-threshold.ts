import { TempocodeError } from '@tempocode/core'
import { parseRule, type ThresholdRule } from './threshold-rule.js'

const THRESHOLD = 3 // one row in 1,000
const REST = 5 // windows

/**
 * The threshold of adaptive scores that a rule gives: −log₁₀ R of `rate:R`, a number as it is. Default 3.
 * @throws TempocodeError `option` for other rules: they are of the calibration windows' scores
 */
export function adaptiveThreshold(rule: ThresholdRule = THRESHOLD): number {
  const { kind, value } = parseRule(rule)
  if (kind === 'number') return value
  if (kind === 'rate') return -Math.log10(value)
  const message = `threshold ${JSON.stringify(rule)} is not for adaptive scores; use rate:0.001 or a number`
  throw new TempocodeError('option', message)
}

/** The rows without a new alarm after one that adaptive scores raised, unless others are asked for. */
export const adaptiveRest = (window: number): number => REST * window
