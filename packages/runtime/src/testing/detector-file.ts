import { type DetectorMetadata, writeMetadata } from '../metadata.js'
import { CENTER, COLUMNS, SCALE, testMetadata, WINDOW } from './encoder-file.js'
import { type Graph, writeModel } from './onnx-writer.js'

/** What the test detector computes: half of each scaled value is its reconstruction; the score is the errors' mean. */
export function detected(values: ArrayLike<number>) {
  const size = WINDOW * COLUMNS.length
  const windows = values.length / size
  const reconstruction = Float32Array.from(values, (x, i) => (x - CENTER[i % 2]) / 2 + CENTER[i % 2])
  const errors = new Float32Array(windows * 2)
  for (let i = 0; i < values.length; i++) {
    const scaled = (values[i] - CENTER[i % 2]) / SCALE[i % 2]
    errors[2 * Math.floor(i / size) + (i % 2)] += (scaled / 2) ** 2 / WINDOW
  }
  errors.forEach((square, i) => {
    errors[i] = Math.sqrt(square)
  })
  const score = Float32Array.from({ length: windows }, (_, w) => (errors[2 * w] + errors[2 * w + 1]) / 2)
  return { reconstruction, errors, score }
}

export function detectorMetadata(): DetectorMetadata {
  const { kind, golden, features, ...rest } = testMetadata()
  const { reconstruction, errors, score } = detected(golden.input.data)
  return {
    kind: 'detector',
    ...rest,
    span: WINDOW,
    heads: [{ name: 'reconstruction', offset: 0, steps: WINDOW }],
    score: 'mean',
    errors: {
      windows: 100,
      mean: Float32Array.of(0.5, 1),
      deviation: Float32Array.of(0.25, 0.5),
      whitening: Float32Array.of(4, -1, 2),
    },
    scores: {
      count: 5,
      mean: 4,
      deviation: 1,
      order: Float32Array.of(2, 3, 5.25, 5.5, 6),
      tail: { missing: 'too few' },
    },
    rule: 'quantile:0.5',
    threshold: 5.25,
    golden: {
      input: golden.input,
      outputs: {
        reconstruction: { data: reconstruction, shape: [2, WINDOW, 2] },
        errors: { data: errors, shape: [2, 2] },
        score: { data: score, shape: [2] },
      },
      tolerance: 1e-5,
    },
  }
}

export const detectorGraph = (): Graph => ({
  nodes: [
    { op: 'Sub', inputs: ['input', 'center'], outputs: ['centred'] },
    { op: 'Mul', inputs: ['centred', 'half'], outputs: ['halved'] },
    { op: 'Add', inputs: ['halved', 'center'], outputs: ['reconstruction'] },
    { op: 'Div', inputs: ['halved', 'scale'], outputs: ['distance'] },
    { op: 'Mul', inputs: ['distance', 'distance'], outputs: ['squares'] },
    { op: 'ReduceMean', inputs: ['squares', 'second'], outputs: ['mean'], attributes: { keepdims: 0 } },
    { op: 'Sqrt', inputs: ['mean'], outputs: ['errors'] },
    { op: 'ReduceMean', inputs: ['errors', 'second'], outputs: ['score'], attributes: { keepdims: 0 } },
  ],
  inputs: [{ name: 'input', dims: ['batch', WINDOW, COLUMNS.length] }],
  outputs: [
    { name: 'reconstruction', dims: ['batch', WINDOW, COLUMNS.length] },
    { name: 'errors', dims: ['batch', COLUMNS.length] },
    { name: 'score', dims: ['batch'] },
  ],
  constants: {
    center: { dims: [2], data: Float32Array.from(CENTER) },
    scale: { dims: [2], data: Float32Array.from(SCALE) },
    half: { dims: [], data: Float32Array.of(0.5) },
    second: { dims: [1], data: [1] },
  },
})

/** A detector file that ONNX Runtime runs; `changes` make it another, or a wrong one. */
export const writeDetector = (
  metadata: Partial<DetectorMetadata> = {},
  graph: Partial<Graph> = {},
): Uint8Array =>
  writeModel({
    ...detectorGraph(),
    metadata: writeMetadata({ ...detectorMetadata(), ...metadata }),
    ...graph,
  })
