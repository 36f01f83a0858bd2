import { type ToDetectorOnnxOptions, toDetectorOnnx } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { findCode } from '@tempocode/models'
import {
  checkScoreKind,
  type LoadOptions,
  loadDetector,
  type Measures,
  parseRule,
  type ScoreKind,
  scoresOf,
  type ThresholdRule,
  thresholdOf,
} from '@tempocode/runtime'
import type * as tf from '@tensorflow/tfjs'
import type { Series } from '../series.js'
import { evenly, type Windows } from '../windows.js'
import { errorStatistics } from './error-statistics.js'
import { featureStatistics } from './feature-statistics.js'
import { measureWindows } from './measure-windows.js'
import { scoreStatistics } from './score-statistics.js'

export interface DetectorOptions {
  /** How the errors of a window's columns become its score; see {@link ScoreKind}. Default combined; mean for a model without a code. */
  score?: ScoreKind
  /** How the threshold comes from the scores of the calibration windows; see {@link ThresholdRule}. Default margin. */
  threshold?: ThresholdRule
}

const DEFAULT_THRESHOLD: ThresholdRule = 'margin'
const MOST = 16_384 // windows, evenly spaced, that calibrate

/** What calibrates a detector. */
export interface Calibration {
  series: Series
  train: Windows
  validation?: Windows
  /** What computes the errors. */
  device: LoadOptions['device']
  onWarning: (message: string) => void
}

/**
 * Writes a detector and calibrates it: the errors and features of the training and the validation windows, of up to
 * 16,384 evenly spaced ones, tell what is normal, and so the threshold.
 * @param details as for `toDetectorOnnx`
 * @returns the file
 * @throws TempocodeError as `toDetectorOnnx` does, `option` for options, `data` where no window has finite errors
 */
export async function calibratedDetector(
  model: tf.LayersModel,
  details: ToDetectorOnnxOptions,
  calibration: Calibration,
  options: DetectorOptions = {},
): Promise<Uint8Array> {
  checkOptions(options)
  const { score = findCode(model) ? 'combined' : 'mean', threshold = DEFAULT_THRESHOLD } = options
  checkScoreKind(score)
  parseRule(threshold)
  const { series, device, onWarning } = calibration
  const columns = series.columns.length
  const windows = calibrationWindows(calibration)
  const all = await measured(toDetectorOnnx(model, details), series, windows, device)
  const { errors, features } = finiteWindows(all, windows.starts.length)
  const left = (all.errors.length - errors.length) / columns
  if (left > 0) {
    onWarning(
      `${left} windows have no row to compare with, or no finite error, and do not calibrate the detector`,
    )
  }
  if (errors.length === 0) {
    throw new TempocodeError('data', 'no window has finite errors, so that a detector cannot be calibrated')
  }
  const statistics = errorStatistics(errors, columns)
  const codes =
    features && score === 'combined'
      ? featureStatistics(features, features.length / statistics.windows)
      : undefined
  const scoring = { kind: score, errors: statistics, features: codes }
  const scores = scoreStatistics(scoresOf({ errors, features }, columns, scoring))
  const { warning } = thresholdOf(scores, threshold)
  if (warning !== undefined) onWarning(`detector: ${warning}`)
  return toDetectorOnnx(model, { ...details, score, errors: statistics, codes, scores, threshold })
}

const calibrationWindows = ({ train, validation }: Calibration): Windows =>
  evenly(validation ? joined(train, validation) : train, MOST)

// from a list, for a call takes some 100,000 arguments at most
const joined = (a: Windows, b: Windows): Windows => ({
  starts: Int32Array.from([a, b].flatMap(({ starts }) => [...starts])),
  lengths: a.lengths && Int32Array.from([a, b].flatMap(({ lengths }) => [...(lengths ?? [])])),
})

function checkOptions(options: DetectorOptions): void {
  const unknown = Object.keys(options).find((name) => name !== 'score' && name !== 'threshold')
  if (unknown === undefined) return
  throw new TempocodeError('option', `detector: option "${unknown}" is unknown; use score, threshold`)
}

async function measured(
  file: Uint8Array,
  { values }: Series,
  windows: Windows,
  device: LoadOptions['device'],
): Promise<Measures> {
  const detector = await loadDetector(file, { device })
  try {
    return await measureWindows(detector, values, windows)
  } finally {
    await detector.dispose()
  }
}

function finiteWindows({ errors, features }: Measures, windows: number): Measures {
  const rowsOf = (values: Float32Array, size: number, w: number) => values.subarray(w * size, (w + 1) * size)
  const columns = errors.length / windows
  const usable = Uint8Array.from({ length: windows }, (_, w) =>
    rowsOf(errors, columns, w).every(Number.isFinite) ? 1 : 0,
  )
  const only = (values: Float32Array) => {
    const size = values.length / windows
    return values.filter((_, i) => usable[Math.floor(i / size)] === 1)
  }
  return { errors: only(errors), features: features && only(features) }
}
