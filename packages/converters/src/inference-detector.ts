import { TempocodeError, version } from '@tempocode/core'
import { findCode, isMasked, spanOf, targetsOf } from '@tempocode/models'
import {
  checkScoreKind,
  type DetectorMetadata,
  type ErrorStatistics,
  type FeatureStatistics,
  type Head,
  needsStatistics,
  type ScoreKind,
  type ScoreStatistics,
  type Scoring,
  type ThresholdRule,
  thresholdOf,
  writeMetadata,
} from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'
import { columnErrors, windowScore } from './detector-graph.js'
import { type Form, forwardPass } from './forward-pass.js'
import { goldenDetection } from './golden-detection.js'
import { Graph } from './graph/graph.js'
import { add, slice, squeeze, unsqueeze } from './graph/ops.js'
import { type FileDetails, fileDetails } from './inference-file.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'
import { scaled, unscaled } from './scaling.js'

export interface ToDetectorOnnxOptions extends FileDetails {
  /** How errors become a score; see {@link ScoreKind}. All but `mean` and `max` need `errors`. Default `mean`. */
  score?: ScoreKind
  /** Of calibration windows. */
  errors?: ErrorStatistics
  /** Of the same windows, for the score `combined`. */
  codes?: FeatureStatistics
  /** Of the same windows: what thresholds come from. */
  scores?: ScoreStatistics
  /** How the threshold comes from the scores; see {@link ThresholdRule}. Default: none, so that whoever loads it says. */
  threshold?: ThresholdRule
  /** How recurrent layers are written, as for `toOnnx`. Default `operators`. */
  form?: Form
}

/**
 * A detector as an ONNX file: raw windows `input` [batch, span, columns] → the raw rows of each output of the model
 * [batch, steps, columns], under its layer's name; `errors` [batch, columns], of each column the root of the mean of
 * (x − x̂)² in scaled units over the compared rows and the outputs; where the model has a code, `features`
 * [batch, features]; and `score` [batch], higher for what is more anomalous; all float32. A window has `span` rows: those that the network is given, and as many after them as it predicts. Where the
 * model has masking, it also takes `lengths` [batch] int32: the rows of each window that count; the rest is padding.
 *
 * Scaling and its inverse are inside the graph. A window with NaN or infinity in it gives NaN in all outputs, in any
 * runtime; so do errors and score where there is no row to compare.
 *
 * @param model takes [batch, window, columns]; its outputs' names tell what they should equal (see `targetsOf`)
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` for a layer or a layer's option that cannot be exported exactly, `model` where the
 * model's outputs are no rows of its columns, `data` where columns, scaler or statistics do not fit the model, `option`
 * for a score that needs statistics where there are none, or a threshold that is not allowed
 */
export function toDetectorOnnx(model: tf.LayersModel, options: ToDetectorOnnxOptions = {}): Uint8Array {
  const { score = 'mean', errors, codes, scores, threshold, form = 'operators', ...rest } = options
  const heads = headsOf(model)
  const [, window, columns] = model.inputs[0].shape as number[]
  const details = fileDetails(columns, rest)
  const code = findCode(model)
  const features = code && (code.shape[1] as number)
  const scoring = { kind: score, errors, features: codes }
  checkScoring(scoring, { model, columns, features })
  const span = spanOf(window, heads)
  const masked = isMasked(model)
  if (masked && span > window) {
    const message = `model ${model.name} has masking and predicts rows after the window; padded sequences have none`
    throw new TempocodeError('model', message)
  }

  const graph = new Graph(model.name)
  const input = graph.input('input', ['batch', span, columns])
  const lengths = masked ? graph.input('lengths', ['batch'], 'int32') : undefined
  const rows = scaled(input, details.scaler)
  const whole = withCode(model, code)
  const outputs = forwardPass(whole, span > window ? slice(rows, 1, 0, window) : rows, form, lengths)
  const codeOutput = code && outputs.pop()
  const bad = notFinite(input, lengths) // [batch, 1]
  const distances = columnErrors(rows, outputs, heads, lengths)
  outputs.forEach((output, i) => {
    graph.output(add(unscaled(output, details.scaler), unsqueeze(bad, 2)), heads[i].name)
  })
  const given = add(distances, bad)
  graph.output(given, 'errors')
  if (codeOutput) graph.output(add(codeOutput, bad), 'features')
  graph.output(add(windowScore(distances, codeOutput, scoring), squeeze(notFinite(given), 1)), 'score')

  const metadata: DetectorMetadata = {
    kind: 'detector',
    version,
    ...details,
    window,
    span,
    masked: masked || undefined,
    heads,
    features,
    score,
    errors,
    codes,
    scores,
    rule: threshold,
    threshold: threshold === undefined ? undefined : thresholdOf(scores, threshold).value,
    golden: goldenDetection(whole, details.scaler, { heads, span, scoring, features }),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}

function headsOf(model: tf.LayersModel): Head[] {
  const [, , all] = model.inputs[0].shape
  return targetsOf(model).map(({ output: name, offset, steps, columns, quantile }) => {
    const refuse = (message: string) => new TempocodeError('model', message, { layer: name })
    if (quantile !== undefined || columns !== all) {
      const what = quantile === undefined ? `rows of ${columns} of its ${all} columns` : 'a quantile'
      throw refuse(
        `model ${model.name} gives ${what} (output ${name}); a detector compares whole rows with what a network makes ` +
          'of them',
      )
    }
    if (!['errors', 'features', 'score'].includes(name)) return { name, offset, steps }
    throw refuse(
      `model ${model.name} has an output ${name}, as a detector has one of its own; rename the layer`,
    )
  })
}

/** The model with its code as its last output. */
const withCode = (model: tf.LayersModel, code?: tf.SymbolicTensor): tf.LayersModel =>
  code ? tf.model({ name: model.name, inputs: model.inputs, outputs: [...model.outputs, code] }) : model

interface Sizes {
  model: tf.LayersModel
  columns: number
  features?: number
}

function checkScoring({ kind, errors, features: codes }: Scoring, { model, columns, features }: Sizes): void {
  checkScoreKind(kind)
  if (!errors && needsStatistics(kind)) {
    const message = `score ${kind} needs the statistics of calibration windows' errors; give errors, or use mean or max`
    throw new TempocodeError('option', message)
  }
  if (errors && errors.mean.length !== columns) {
    const message = `errors are of ${errors.mean.length} columns, and the model has ${columns}`
    throw new TempocodeError('data', message)
  }
  if (kind === 'combined' && !features) {
    const message = `score combined needs the model's code, and ${model.name} has none; use another score`
    throw new TempocodeError('model', message)
  }
  if (kind === 'combined' && !codes) {
    const message = "score combined needs the statistics of calibration windows' features; give codes"
    throw new TempocodeError('option', message)
  }
  if (codes && codes.mean.length !== features) {
    const message = `codes have ${codes.mean.length} features, and the model has ${features ?? 0}`
    throw new TempocodeError('data', message)
  }
}
