import { block, int, text } from './protobuf-writer.js'

/** A value's name, its element type's number in ONNX (1 is float32) and its dimensions. */
export interface Value {
  name: string
  type?: number
  dims?: (number | string)[]
}

export interface Node {
  op: string
  inputs: string[]
  outputs: string[]
  /** Whole numbers (`INT`), lists of them (`INTS`) or of texts (`STRINGS`), and the bodies of loops (`GRAPH`). */
  attributes?: Record<string, number | number[] | string[] | Graph>
}

export interface Graph {
  nodes: Node[]
  inputs: Value[]
  outputs: Value[]
  /** Constants: a Float32Array is float32, a list of whole numbers int64. */
  constants?: Record<string, { dims: number[]; data: Float32Array | number[] }>
  metadata?: Record<string, string>
}

/** A ModelProto of IR 8 and opset 18, for tests. The numbers are those of the fields in onnx.proto. */
export function writeModel({ metadata = {}, ...graph }: Graph, opset = 18): Uint8Array {
  const pairs = Object.entries(metadata).flatMap(([key, value]) =>
    block(14, [...text(1, key), ...text(2, value)]),
  )
  const head = [...int(1, 8), ...text(2, 'tempocode'), ...text(3, '0.1.0')]
  return Uint8Array.from([
    ...head,
    ...block(7, writeGraph(graph)),
    ...block(8, [...text(1, ''), ...int(2, opset)]),
    ...pairs,
  ])
}

const writeGraph = ({ nodes, inputs, outputs, constants = {} }: Graph): number[] => [
  ...nodes.flatMap((node) => block(1, writeNode(node))),
  ...text(2, 'test'),
  ...Object.entries(constants).flatMap(([name, value]) => block(5, writeConstant(name, value))),
  ...inputs.flatMap((value) => block(11, writeValue(value))),
  ...outputs.flatMap((value) => block(12, writeValue(value))),
]

function writeAttribute(value: number | number[] | string[] | Graph): number[] {
  if (typeof value === 'number') return [...int(3, value), ...int(20, 2)]
  if (!Array.isArray(value)) return [...block(6, writeGraph(value)), ...int(20, 5)]
  if (typeof value[0] === 'string') return [...value.flatMap((item) => text(9, String(item))), ...int(20, 8)]
  return [...value.flatMap((item) => int(8, Number(item))), ...int(20, 7)]
}

function writeNode({ op, inputs, outputs, attributes = {} }: Node): number[] {
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    block(5, [...text(1, name), ...writeAttribute(value)]),
  )
  const names = [...inputs.flatMap((name) => text(1, name)), ...outputs.flatMap((name) => text(2, name))]
  return [...names, ...text(4, op), ...written]
}

function writeConstant(
  name: string,
  { dims, data }: { dims: number[]; data: Float32Array | number[] },
): number[] {
  const raw =
    data instanceof Float32Array
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(BigInt64Array.from(data, BigInt).buffer)
  const type = data instanceof Float32Array ? 1 : 7
  return [...dims.flatMap((dim) => int(1, dim)), ...int(2, type), ...text(8, name), ...block(9, [...raw])]
}

export function writeValue({ name, type = 1, dims }: Value): number[] {
  const dim = (size: number | string) => block(1, typeof size === 'number' ? int(1, size) : text(2, size))
  const shape = dims ? block(2, dims.flatMap(dim)) : []
  return [...text(1, name), ...block(2, block(1, [...int(1, type), ...shape]))]
}
