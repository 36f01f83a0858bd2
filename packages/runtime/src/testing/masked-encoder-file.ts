import { type EncoderMetadata, writeMetadata } from '../metadata.js'
import { COLUMNS, encoderGraph, rawValues, reference, testMetadata, WINDOW } from './encoder-file.js'
import { type Graph, writeModel } from './onnx-writer.js'

/** What the test encoder computes with lengths: the same, of the mean over the rows that count. */
export function maskedReference(values: Float32Array, lengths: readonly number[]): Float32Array {
  const size = WINDOW * COLUMNS.length
  return Float32Array.from(
    lengths.flatMap((length, w) => {
      const rows = values.subarray(w * size, w * size + length * COLUMNS.length)
      // A window that has each row as often has the same mean.
      const repeated = Array.from({ length: WINDOW }, () => [...rows]).flat()
      const parts = reference(repeated)
      const windows = repeated.length / size
      return [0, 1, 2].map((f) => {
        let sum = 0
        for (let i = 0; i < windows; i++) sum += parts[i * 3 + f]
        return sum / windows
      })
    }),
  )
}

export function maskedMetadata(): EncoderMetadata {
  const { golden, ...rest } = testMetadata()
  const input = rawValues(2)
  const lengths = [WINDOW, 3]
  const output = { data: maskedReference(input, lengths), shape: [2, 3] }
  return { ...rest, masked: true, golden: { ...golden, lengths, output } }
}

export function maskedGraph(): Graph {
  const { nodes, inputs, constants, ...rest } = encoderGraph()
  const [sub, div, , matMul] = nodes
  return {
    ...rest,
    inputs: [...inputs, { name: 'lengths', type: 6, dims: ['batch'] }],
    nodes: [
      sub,
      div,
      { op: 'Cast', inputs: ['lengths'], outputs: ['counts'], attributes: { to: 1 } },
      { op: 'Unsqueeze', inputs: ['counts', 'time'], outputs: ['count'] },
      { op: 'Unsqueeze', inputs: ['count', 'time'], outputs: ['column'] },
      { op: 'Less', inputs: ['positions', 'column'], outputs: ['seen'] },
      { op: 'Where', inputs: ['seen', 'scaled', 'zero'], outputs: ['kept'] },
      { op: 'ReduceSum', inputs: ['kept', 'time'], outputs: ['sum'], attributes: { keepdims: 0 } },
      { op: 'Div', inputs: ['sum', 'count'], outputs: ['mean'] },
      matMul,
    ],
    constants: {
      ...constants,
      zero: { dims: [], data: Float32Array.of(0) },
      positions: { dims: [1, WINDOW, 1], data: Float32Array.from({ length: WINDOW }, (_, i) => i) },
    },
  }
}

/** An encoder of sequences of 1 to 4 rows. */
export const writeMaskedEncoder = (
  metadata: Partial<EncoderMetadata> = {},
  graph: Partial<Graph> = {},
): Uint8Array =>
  writeModel({
    ...maskedGraph(),
    metadata: writeMetadata({ ...maskedMetadata(), ...metadata }),
    ...graph,
  })
