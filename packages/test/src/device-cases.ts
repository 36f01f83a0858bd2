import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, isMasked } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { type PaddedWindows, padWith, tfjsFeatures } from './encoder-features.js'
import { ENCODERS, randomOfKind } from './random-kinds.js'
import { randomModel } from './random-models.js'

/** An encoder that every device must give the same features for, and what tfjs computes. */
export interface DeviceCase {
  name: string
  /** With ONNX's own LSTM and GRU, and without. */
  operators: Uint8Array
  plain: Uint8Array
  windows: PaddedWindows
  expected: Float32Array
}

const BATCHES = [1, 3, 64]
const LARGER = [0, 1, 2, 3] // seeds of LSTMs of up to 5 layers of 67 units, tanh and relu

/** How many there are. */
export const CASES = BATCHES.length * (Object.keys(ENCODERS).length + LARGER.length)

/** Random networks of every kind, each with batches of 1, 3 and 64 windows: made one at a time, and disposed of. */
export function* deviceCases(): Generator<DeviceCase> {
  for (const kind of Object.keys(ENCODERS)) yield* casesOf(kind, randomOfKind(kind, 7).model)
  for (const seed of LARGER) {
    const { name, model } = randomModel(seed)
    yield* casesOf(name, model)
  }
}

function* casesOf(name: string, model: tf.LayersModel): Generator<DeviceCase> {
  const [window, columns] = model.inputs[0].shape.slice(1) as [number, number]
  const random = new Random(0, `windows for ${name}`)
  const scaler = {
    kind: 'standard' as const,
    center: Array.from({ length: columns }, () => Math.fround(10 * random.normal())),
    scale: Array.from({ length: columns }, () => Math.fround(0.1 + 10 * random.uniform())),
  }
  const code = encoderOf(model)
  const [operators, plain] = (['operators', 'plain'] as const).map((form) => toOnnx(code, { scaler, form }))
  for (const batch of BATCHES) {
    const rows = Float32Array.from({ length: batch * window * columns }, (_, i) => {
      const column = i % columns
      return scaler.center[column] + scaler.scale[column] * random.normal()
    })
    const lengths = isMasked(model)
      ? Array.from({ length: batch }, () => 1 + random.below(window))
      : undefined
    const windows = { rows, shape: [batch, window, columns] as const, lengths }
    const expected = tfjsFeatures(code, windows, scaler)
    yield {
      name: `${name}, B${batch}`,
      operators,
      plain,
      windows: { ...windows, rows: padWith(windows, 0) },
      expected,
    }
  }
  model.dispose()
}
