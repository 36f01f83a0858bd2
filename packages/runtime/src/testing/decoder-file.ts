import { type DecoderMetadata, type Head, writeMetadata } from '../metadata.js'
import { CENTER, COLUMNS, FEATURES, SCALE, testMetadata, WINDOW } from './encoder-file.js'
import { type Graph, writeModel } from './onnx-writer.js'

export const HEADS: Head[] = [
  { name: 'reconstruction', offset: 0, steps: WINDOW },
  { name: 'prediction', offset: WINDOW, steps: 2 },
]

const width = (head: Head) => head.steps * COLUMNS.length
/** Of a head, [features, steps · columns]. */
const weights = (head: Head) =>
  Float32Array.from({ length: FEATURES * width(head) }, (_, i) => Math.cos(i + head.offset))

/** What the test decoder computes: a linear map of the features, and the inverse of scaling. */
export function decoded(features: ArrayLike<number>, head: Head): Float32Array {
  const matrix = weights(head)
  const size = width(head)
  return Float32Array.from({ length: (features.length / FEATURES) * size }, (_, i) => {
    const [n, k] = [Math.floor(i / size), i % size]
    let sum = 0
    for (let f = 0; f < FEATURES; f++) sum += features[n * FEATURES + f] * matrix[f * size + k]
    return sum * SCALE[i % 2] + CENTER[i % 2]
  })
}

/** Features of n windows, all different. */
export const someFeatures = (n: number) =>
  Float32Array.from({ length: n * FEATURES }, (_, i) => Math.sin(3 * i))

export function decoderMetadata(): DecoderMetadata {
  const { kind, golden, ...rest } = testMetadata()
  const input = someFeatures(2)
  return {
    kind: 'decoder',
    ...rest,
    heads: HEADS,
    codes: {
      windows: 100,
      mean: Float32Array.of(1, -2, 0.5),
      factor: Float32Array.of(0.5, -0.25, 1, 0, 0.125, 0),
    },
    golden: {
      input: { data: input, shape: [2, FEATURES] },
      outputs: Object.fromEntries(
        HEADS.map((head) => [
          head.name,
          { data: decoded(input, head), shape: [2, head.steps, COLUMNS.length] },
        ]),
      ),
      tolerance: 1e-5,
    },
  }
}

export const decoderGraph = (): Graph => ({
  nodes: HEADS.flatMap(({ name }) => [
    { op: 'MatMul', inputs: ['features', `${name}.weights`], outputs: [`${name}.flat`] },
    { op: 'Reshape', inputs: [`${name}.flat`, `${name}.shape`], outputs: [`${name}.scaled`] },
    { op: 'Mul', inputs: [`${name}.scaled`, 'scale'], outputs: [`${name}.centred`] },
    { op: 'Add', inputs: [`${name}.centred`, 'center'], outputs: [name] },
  ]),
  inputs: [{ name: 'features', dims: ['batch', FEATURES] }],
  outputs: HEADS.map(({ name, steps }) => ({ name, dims: ['batch', steps, COLUMNS.length] })),
  constants: {
    center: { dims: [2], data: Float32Array.from(CENTER) },
    scale: { dims: [2], data: Float32Array.from(SCALE) },
    ...Object.fromEntries(
      HEADS.flatMap((head) => [
        [`${head.name}.weights`, { dims: [FEATURES, width(head)], data: weights(head) }],
        [`${head.name}.shape`, { dims: [3], data: [-1, head.steps, COLUMNS.length] }],
      ]),
    ),
  },
})

/** A decoder file that ONNX Runtime runs; `changes` make it another, or a wrong one. */
export const writeDecoder = (
  metadata: Partial<DecoderMetadata> = {},
  graph: Partial<Graph> = {},
): Uint8Array =>
  writeModel({
    ...decoderGraph(),
    metadata: writeMetadata({ ...decoderMetadata(), ...metadata }),
    ...graph,
  })
