import { type EncoderMetadata, writeMetadata } from '../metadata.js'
import { type Graph, writeModel } from './onnx-writer.js'

export const WINDOW = 4
export const COLUMNS = ['pressure', 'flow']
export const FEATURES = 3

export const CENTER = [10, -2]
export const SCALE = [4, 0.5]
const WEIGHTS = [0.5, -1.25, 2, 0.75, 0.1, -0.3]

/** What the test encoder computes: the mean of each scaled column over the window, times a 2 × 3 matrix. */
export function reference(values: ArrayLike<number>): Float32Array {
  const size = WINDOW * COLUMNS.length
  const features = new Float32Array((values.length / size) * FEATURES)
  for (let w = 0; w < values.length / size; w++) {
    const means = COLUMNS.map((_, c) => {
      let sum = 0
      for (let t = 0; t < WINDOW; t++) sum += (values[w * size + t * 2 + c] - CENTER[c]) / SCALE[c]
      return sum / WINDOW
    })
    for (let f = 0; f < FEATURES; f++) {
      features[w * FEATURES + f] = means[0] * WEIGHTS[f] + means[1] * WEIGHTS[FEATURES + f]
    }
  }
  return features
}

/** Raw values of n windows, all different. */
export const rawValues = (n: number) =>
  Float32Array.from({ length: n * WINDOW * COLUMNS.length }, (_, i) => 10 * Math.sin(i) + (i % 7))

export function testMetadata(): EncoderMetadata {
  const input = rawValues(2)
  return {
    kind: 'encoder',
    version: '0.1.0',
    columns: COLUMNS,
    window: WINDOW,
    stride: 1,
    features: FEATURES,
    scaler: { kind: 'standard', center: CENTER, scale: SCALE },
    seed: 0,
    timeStep: 60,
    dataDigest: 'ab12',
    golden: {
      input: { data: input, shape: [2, WINDOW, COLUMNS.length] },
      output: { data: reference(input), shape: [2, FEATURES] },
      tolerance: 1e-5,
    },
  }
}

export const encoderGraph = (): Graph => ({
  nodes: [
    { op: 'Sub', inputs: ['input', 'center'], outputs: ['centred'] },
    { op: 'Div', inputs: ['centred', 'scale'], outputs: ['scaled'] },
    { op: 'ReduceMean', inputs: ['scaled', 'time'], outputs: ['mean'], attributes: { keepdims: 0 } },
    { op: 'MatMul', inputs: ['mean', 'weights'], outputs: ['features'] },
  ],
  inputs: [{ name: 'input', dims: ['batch', WINDOW, COLUMNS.length] }],
  outputs: [{ name: 'features', dims: ['batch', FEATURES] }],
  constants: {
    center: { dims: [2], data: Float32Array.from(CENTER) },
    scale: { dims: [2], data: Float32Array.from(SCALE) },
    time: { dims: [1], data: [1] },
    weights: { dims: [2, FEATURES], data: Float32Array.from(WEIGHTS) },
  },
})

/** An encoder file that ONNX Runtime runs; `changes` make it another, or a wrong one. */
export const writeEncoder = (
  metadata: Partial<EncoderMetadata> = {},
  graph: Partial<Graph> = {},
): Uint8Array =>
  writeModel({
    ...encoderGraph(),
    metadata: writeMetadata({ ...testMetadata(), ...metadata }),
    ...graph,
  })
