import { TempocodeError } from '@tempocode/core'
import type { Segment } from '../segments.js'
import type { EncodedFeatures } from './encoded-features.js'

const SMALLEST = 1e-4 // of the largest deviation: below, a feature says little but how sums were rounded

/** Mean and standard deviation of each feature. */
export interface FeatureScaling {
  center: number[]
  scale: number[]
}

/**
 * Features are scaled alike for all series. One that hardly changes is divided by the largest deviation of all, for its
 * own would only blow up what was rounded.
 * @param train the rows to fit to, segments from their start on; those where no window ends do not count
 * @throws TempocodeError `data` where no window is left
 */
export function fitFeatureScaling(
  { values, size, window }: EncodedFeatures,
  train: readonly Segment[],
): FeatureScaling {
  const rows = train.flatMap(({ start, end }) =>
    Array.from({ length: Math.max(0, end - start - window + 1) }, (_, i) => start + window - 1 + i),
  )
  if (rows.length === 0) {
    throw new TempocodeError(
      'data',
      `the encoder takes ${window} rows, and no run of training rows has as many`,
    )
  }
  const features = Array.from({ length: size }, (_, i) => i)
  const center = features.map((i) => Math.fround(mean(rows, (row) => values[row * size + i])))
  const deviations = features.map((i) =>
    Math.sqrt(mean(rows, (row) => (values[row * size + i] - center[i]) ** 2)),
  )
  const largest = Math.max(...deviations) || 1
  const scale = deviations.map((own) => Math.fround(own < SMALLEST * largest ? largest : own))
  return { center, scale }
}

/** Scaled, rounded as the ONNX file does; zeros at rows where no window ends. */
export function scaleFeatures(
  { values, size, window }: EncodedFeatures,
  { center, scale }: FeatureScaling,
  segments: readonly Segment[],
): Float32Array {
  const scaled = new Float32Array(values.length)
  for (const { start, end } of segments) {
    for (let i = (start + window - 1) * size; i < end * size; i++)
      scaled[i] = Math.fround(values[i] - center[i % size]) / scale[i % size]
  }
  return scaled
}

const mean = (rows: readonly number[], valueAt: (row: number) => number) =>
  rows.reduce((sum, row) => sum + valueAt(row), 0) / rows.length
