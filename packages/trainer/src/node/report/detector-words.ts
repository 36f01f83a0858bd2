import { type DetectorMetadata, parseRule, type ScoreKind } from '@tempocode/runtime'
import { counted, digits, percent } from './words.js'

const SCORES: Record<ScoreKind, string> = {
  mean: 'the mean of its columns’ errors, in scaled units',
  max: 'the largest of its columns’ errors, in scaled units',
  zscore: 'how many standard deviations its columns’ errors lie above their usual size',
  combined:
    'how large its columns’ errors are, and how far its features lie from usual ones, as parts of what is usual',
  mahalanobis: 'how far its columns’ errors lie from usual ones (the squared Mahalanobis distance)',
}

/** What a score is. */
export const scoreWords = (kind: ScoreKind): string => SCORES[kind]

/** Where a detector's threshold comes from. */
export function thresholdWords({ rule, scores, masked }: DetectorMetadata): string {
  const kind = masked ? 'sequence' : 'window'
  const whose = `the scores of ${counted(scores?.count ?? 0, kind)}`
  const { kind: name, value } = parseRule(rule)
  if (name === 'number') return 'as it was asked for'
  if (name === 'sigma') return `the mean of ${whose} and ${digits(value)} standard deviations more`
  if (name === 'margin') return `${digits(value)} times the 0.99 quantile of ${whose}`
  if (name === 'quantile') return `the ${digits(value, 6)} quantile of ${whose}`
  if (!scores || 'missing' in scores.tail)
    return `the ${digits(1 - value, 6)} quantile of ${whose}, as no tail could be fitted to them`
  return `what ${percent(value)} of usual ${kind}s exceed, by the tail of ${whose}`
}
