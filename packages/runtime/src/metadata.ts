import { encodeFloats } from './base64.js'
import type { CodeDistribution } from './codes.js'
import type { GoldenPair } from './golden.js'
import { type Head, openFields, type ScalerState } from './metadata-common.js'
import { type DecoderMetadata, type GoldenDecoding, readDecoder } from './metadata-decoder.js'
import { type DetectorMetadata, type GoldenDetection, readDetector } from './metadata-detector.js'
import { type EncoderMetadata, readEncoder } from './metadata-encoder.js'
import { pairsOf } from './metadata-fields.js'
import { type ForecasterMetadata, type GoldenForecast, readForecaster } from './metadata-forecaster.js'
import { readStream, type StreamMetadata } from './metadata-stream.js'
import type { FloatTensor } from './stored-tensor.js'

export { readTrainingMetadata, type TrainingMetadata, writeTrainingMetadata } from './metadata-training.js'
export type {
  CodeDistribution,
  DecoderMetadata,
  DetectorMetadata,
  EncoderMetadata,
  FloatTensor,
  ForecasterMetadata,
  GoldenDecoding,
  GoldenDetection,
  GoldenForecast,
  GoldenPair,
  Head,
  ScalerState,
  StreamMetadata,
}

// What a detector's file holds, and is computed from when it is written

export type { ErrorStatistics, FeatureStatistics, ScoreKind, Scoring } from './detector/score.js'
export { checkScoreKind, contributionsOf, meanSquare, needsStatistics, scoresOf } from './detector/score.js'
export type { ScoreStatistics } from './detector/score-statistics.js'
export { thresholdOf } from './detector/threshold.js'
export type { ThresholdRule } from './detector/threshold-rule.js'

// What a forecaster's file is written by

export { type Cycle, cycleNames, isCycle } from './forecaster/cycles.js'
export { forecasterOutputs, inputWidth, takesGroup } from './metadata-forecaster.js'

/** What a file of ours says of itself, kept in the model's `metadata_props` under `tempocode.*`. */
export type Metadata =
  | EncoderMetadata
  | DecoderMetadata
  | StreamMetadata
  | DetectorMetadata
  | ForecasterMetadata

/** The key-value pairs to store in `metadata_props`. */
export const writeMetadata = (metadata: Metadata): Record<string, string> =>
  pairsOf({ ...metadata }, (value) => (value instanceof Float32Array ? encodeFloats(value) : value))

/**
 * Reads what `writeMetadata` wrote. Every field is checked: the file may come from anywhere.
 * @throws TempocodeError `model` where a field is missing or malformed
 */
export function readMetadata(pairs: Record<string, string>, file?: string): Metadata {
  const { fields, kind } = openFields(pairs, file)
  return readers[kind](fields)
}

const readers = {
  encoder: readEncoder,
  decoder: readDecoder,
  stream: readStream,
  detector: readDetector,
  forecaster: readForecaster,
}
