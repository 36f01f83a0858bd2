import { TempocodeError } from '@tempocode/core'
import { ruleOf, type ThresholdRule } from '@tempocode/runtime'
import type { Checkpoint, DetectorOptions } from '@tempocode/trainer'
import { Option } from 'commander'
import { choiceOption } from './options.js'

const RULES = 'margin, margin:1.5, pot, pot:0.001, quantile:0.99, sigma:3, rate:0.001 or a number'

/** @param byDefault what holds where it is not given */
export const thresholdOption = (byDefault: string) =>
  new Option(
    '--threshold <rule>',
    `what makes a score an anomaly: ${RULES} (default: ${byDefault})`,
  ).argParser((text): ThresholdRule => {
    try {
      return ruleOf(text)
    } catch (cause) {
      if (!(cause instanceof TempocodeError)) throw cause
      throw new TempocodeError('option', `--${cause.message}`, {}, { cause })
    }
  })

export const scoreKindOption = () =>
  choiceOption('--score <kind>', "how the columns' errors become a score (default: combined)", [
    'mean',
    'max',
    'zscore',
    'mahalanobis',
    'combined',
  ])

/** How the detector is to be calibrated: as the flags say; what they do not, as before where training goes on. */
export function detectorOptions({ score, threshold }: DetectorOptions, resume?: Checkpoint): DetectorOptions {
  const before = (resume?.details?.detector ?? {}) as DetectorOptions
  return { ...before, ...(score && { score }), ...(threshold !== undefined && { threshold }) }
}
