import { TempocodeError } from '@tempocode/core'

/**
 * How a threshold comes from the calibration windows' scores:
 * - `margin`, `margin:M`: M times the score that 99 % of the windows do not exceed, M above 0, 1.5 by default. Of all
 *   rules the most patient one with machines that drift
 * - `pot`, `pot:Q`: peaks over threshold (Siffer et al. 2017, Anomaly Detection in Streams with Extreme Value Theory): the
 *   score that a normal window exceeds with probability Q, by the fitted tail. Q is above 0 and below 0.02, 0.001 by
 *   default. Where no tail could be fitted, the quantile 1 − Q, with a warning.
 * - `quantile:P`: the score that the part P of the windows does not exceed, P from 0 to 1
 * - `sigma:K`: mean + K · standard deviation, K any number
 * - `rate:R`: the wanted rate of false alarms, the part of normal windows above the threshold: by the tail where it
 *   reaches, else the quantile 1 − R; R is above 0 and below 1
 * - a number: itself
 */
export type ThresholdRule =
  | number
  | 'margin'
  | `margin:${number}`
  | 'pot'
  | `pot:${number}`
  | `quantile:${number}`
  | `sigma:${number}`
  | `rate:${number}`

/** The part of the calibration windows' scores that the tail is fitted to. */
export const TAIL_PART = 0.02
const RISK = 1e-3
const MARGIN = 1.5
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const ALLOWED =
  'use margin, margin:1.5 (above 0), pot, pot:0.001 (above 0, below 0.02), quantile:0.99 (0 to 1), sigma:3, rate:0.001 (above 0, below 1) or a number'

const holds: Record<string, (value: number) => boolean> = {
  number: () => true,
  margin: (factor) => factor > 0,
  pot: (risk) => risk > 0 && risk < TAIL_PART,
  quantile: (part) => part >= 0 && part <= 1,
  sigma: () => true,
  rate: (rate) => rate > 0 && rate < 1,
}

export interface ParsedRule {
  kind: 'number' | 'margin' | 'pot' | 'quantile' | 'sigma' | 'rate'
  value: number
}

/**
 * A rule written as text, as commands and files have it.
 * @throws TempocodeError `option` for one that is not allowed
 */
export function ruleOf(text: string): ThresholdRule {
  const { kind, value } = parseRule(text)
  return kind === 'number' ? value : (text as ThresholdRule)
}

/** Whether a text is a rule. */
export const isRule = (text: string): boolean => isAllowed(partsOf(text))

/**
 * Reads a rule; a number may be written as text.
 * @throws TempocodeError `option` for one that is not allowed
 */
export function parseRule(rule: unknown): ParsedRule {
  const parsed = partsOf(rule)
  if (isAllowed(parsed)) return parsed
  throw new TempocodeError('option', `threshold ${JSON.stringify(rule)} is not allowed; ${ALLOWED}`)
}

const isAllowed = (parsed?: ParsedRule): parsed is ParsedRule =>
  parsed !== undefined && Number.isFinite(parsed.value) && holds[parsed.kind](parsed.value)

function partsOf(rule: unknown): ParsedRule | undefined {
  if (typeof rule === 'number') return { kind: 'number', value: rule }
  if (typeof rule !== 'string') return undefined
  if (rule === 'margin') return { kind: 'margin', value: MARGIN }
  if (rule === 'pot') return { kind: 'pot', value: RISK }
  if (NUMBER.test(rule)) return { kind: 'number', value: Number(rule) }
  const [kind, text, ...more] = rule.split(':')
  const known =
    kind === 'margin' || kind === 'pot' || kind === 'quantile' || kind === 'sigma' || kind === 'rate'
  return known && more.length === 0 && NUMBER.test(text ?? '') ? { kind, value: Number(text) } : undefined
}
