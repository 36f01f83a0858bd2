import { Random } from '@tempocode/core'
import { isMasked, MASK_VALUE } from '@tempocode/models'
import {
  type GoldenDetection,
  type Head,
  type ScalerState,
  type Scoring,
  scoresOf,
} from '@tempocode/runtime/metadata'
import * as tf from '@tensorflow/tfjs'

const WINDOWS = 2
const TOLERANCE = 1e-5

interface Parts {
  heads: readonly Head[]
  span: number
  scoring: Scoring
  /** Of the model's last output, if it is the code. */
  features?: number
}

/**
 * Windows of raw values of the training data's size, and what tfjs and plain arithmetic make of them, without ONNX. Where
 * the model has masking, the second window is half as long, but for two rows at least.
 */
export function goldenDetection(
  model: tf.LayersModel,
  { center, scale }: ScalerState,
  { heads, span, scoring, features }: Parts,
): GoldenDetection {
  const columns = center.length
  const random = new Random(0, 'golden')
  const size = span * columns
  const data = Float32Array.from({ length: WINDOWS * size }, (_, i) => {
    const column = i % columns
    return center[column] + scale[column] * random.normal()
  })
  const scaled = data.map((x, i) => Math.fround(x - center[i % columns]) / scale[i % columns])
  const lengths = isMasked(model) ? [span, Math.min(span, Math.max(2, Math.ceil(span / 2)))] : undefined
  const outputs = networkOutputs(model, scaled, span, columns, lengths)
  const code = features === undefined ? undefined : outputs.pop()

  const errors = new Float64Array(WINDOWS * columns)
  heads.forEach(({ offset, steps }, h) => {
    for (let w = 0; w < WINDOWS; w++) {
      const end = Math.min(steps, (lengths?.[w] ?? span) - offset)
      for (let i = 0; i < end * columns; i++) {
        const distance = scaled[w * size + offset * columns + i] - outputs[h][w * steps * columns + i]
        errors[w * columns + (i % columns)] += distance ** 2 / end / heads.length
      }
    }
  })
  const rows = heads.map(({ name, steps }, h) => {
    const raw = outputs[h].map((value, i) => value * scale[i % columns] + center[i % columns])
    return [name, { data: raw, shape: [WINDOWS, steps, columns] }]
  })
  const rounded = Float32Array.from(errors, Math.sqrt)
  return {
    input: { data, shape: [WINDOWS, span, columns] },
    ...(lengths && { lengths }),
    outputs: {
      ...Object.fromEntries(rows),
      errors: { data: rounded, shape: [WINDOWS, columns] },
      ...(code && { features: { data: code, shape: [WINDOWS, features as number] } }),
      score: { data: scoresOf({ errors: rounded, features: code }, columns, scoring), shape: [WINDOWS] },
    },
    tolerance: TOLERANCE,
  }
}

/** What tfjs gives for each of the model's outputs. */
function networkOutputs(
  model: tf.LayersModel,
  scaled: Float32Array,
  span: number,
  columns: number,
  lengths?: readonly number[],
): Float32Array[] {
  const [, window] = model.inputs[0].shape as number[]
  const shown = Float32Array.from({ length: WINDOWS * window * columns }, (_, i) => {
    const [w, within] = [Math.floor(i / (window * columns)), i % (window * columns)]
    const isPadding = lengths !== undefined && Math.floor(within / columns) >= lengths[w]
    return isPadding ? MASK_VALUE : scaled[w * span * columns + within]
  })
  return tf.tidy(() => {
    const given = [model.predict(tf.tensor(shown, [WINDOWS, window, columns]))].flat() as tf.Tensor[]
    return given.map((tensor) => tensor.dataSync() as Float32Array)
  })
}
