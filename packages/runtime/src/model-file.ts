import { TempocodeError } from '@tempocode/core'
import { Message } from './protobuf.js'

/** What a graph takes or gives. */
export interface ValueInfo {
  name: string
  /** `float32`, `int64`, …; for what is no tensor `sequence`, `map`, `optional` or `sparse_tensor`. */
  type: string
  /** Sizes, or the names of those that are open (`?` where they have none); missing where the file states no shape. */
  dims?: (number | string)[]
}

/** What an ONNX file says of itself, without its weights. */
export interface ModelFile {
  irVersion: number
  /** Who wrote the file: a tool and its version. */
  producer: string
  /** The version of each operator set, by its domain; ONNX's own is `ai.onnx`. */
  opsets: Record<string, number>
  graph: string
  inputs: ValueInfo[]
  outputs: ValueInfo[]
  /** Number of nodes at the top level, and how many of each operator. */
  nodes: number
  ops: Record<string, number>
  /** `metadata_props`. */
  metadata: Record<string, string>
}

/**
 * Reads what an ONNX file says of itself. The weights are skipped, not copied.
 * The numbers of the fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 * @param file the file's name, for messages
 * @throws TempocodeError `model` if the bytes are no ONNX model
 */
export function readModel(bytes: Uint8Array, file?: string): ModelFile {
  return reading(() => readModelProto(new Message(bytes)), file)
}

/** Names the file in what is wrong with it. */
export function reading<T>(read: () => T, file?: string): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof TempocodeError)) throw cause
    const message = `${file ?? 'the file'} is not an ONNX model: ${cause.message}`
    throw new TempocodeError('model', message, { file }, { cause })
  }
}

function readModelProto(model: Message): ModelFile {
  let irVersion = 0
  const producer = ['', '']
  let graph: ReturnType<typeof readGraph> | undefined
  const opsets = new Map<string, number>()
  const metadata = new Map<string, string>()
  for (const field of model.fields()) {
    if (field.number === 1) irVersion = field.int()
    else if (field.number === 2) producer[0] = field.text()
    else if (field.number === 3) producer[1] = field.text()
    else if (field.number === 7) {
      if (graph) throw new TempocodeError('model', 'it holds two graphs')
      graph = readGraph(field.message())
    } else if (field.number === 8) {
      const { domain, version } = readOpset(field.message())
      opsets.set(domain || 'ai.onnx', version)
    } else if (field.number === 14) {
      const { key, value } = readPair(field.message())
      if (metadata.has(key)) throw new TempocodeError('model', `its metadata hold ${key} twice`)
      metadata.set(key, value)
    }
  }
  if (irVersion < 1) throw new TempocodeError('model', 'it states no version of the format')
  if (!graph) throw new TempocodeError('model', 'it holds no graph')
  return {
    irVersion,
    producer: producer.join(' ').trim(),
    opsets: Object.fromEntries(opsets),
    ...graph,
    metadata: Object.fromEntries(metadata),
  }
}

function readGraph(message: Message) {
  let graph = ''
  let nodes = 0
  const ops = new Map<string, number>()
  const inputs: ValueInfo[] = []
  const outputs: ValueInfo[] = []
  for (const field of message.fields()) {
    if (field.number === 1) {
      const op = readOp(field.message())
      ops.set(op, (ops.get(op) ?? 0) + 1)
      nodes++
    } else if (field.number === 2) graph = field.text()
    else if (field.number === 11) inputs.push(readValueInfo(field.message()))
    else if (field.number === 12) outputs.push(readValueInfo(field.message()))
  }
  return { graph, inputs, outputs, nodes, ops: Object.fromEntries(ops) }
}

/** The operator of a NodeProto; one outside ONNX's own set has its domain before it. */
export function readOp(node: Message): string {
  let op = ''
  let domain = ''
  for (const field of node.fields()) {
    if (field.number === 4) op = field.text()
    else if (field.number === 7) domain = field.text()
  }
  return domain && domain !== 'ai.onnx' ? `${domain}.${op}` : op
}

function readOpset(message: Message) {
  let domain = ''
  let version = 0
  for (const field of message.fields()) {
    if (field.number === 1) domain = field.text()
    else if (field.number === 2) version = field.int()
  }
  return { domain, version }
}

function readPair(message: Message) {
  let key = ''
  let value = ''
  for (const field of message.fields()) {
    if (field.number === 1) key = field.text()
    else if (field.number === 2) value = field.text()
  }
  return { key, value }
}

/** Reads a ValueInfoProto. */
export function readValueInfo(message: Message): ValueInfo {
  let name = ''
  let type: Omit<ValueInfo, 'name'> = { type: 'unknown' }
  for (const field of message.fields()) {
    if (field.number === 1) name = field.text()
    else if (field.number === 2) type = readType(field.message())
  }
  return { name, ...type }
}

/** What a TypeProto holds, by the number of its field. */
const KINDS: Record<number, string> = { 4: 'sequence', 5: 'map', 8: 'sparse_tensor', 9: 'optional' }

function readType(message: Message): Omit<ValueInfo, 'name'> {
  for (const field of message.fields()) {
    if (field.number === 1) return readTensorType(field.message())
    if (field.number in KINDS) return { type: KINDS[field.number] }
  }
  return { type: 'unknown' }
}

// TensorProto.DataType counts these from 0; the names are ONNX Runtime's own
const TYPES = (
  'unknown float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 ' +
  'complex64 complex128 bfloat16 float8e4m3fn float8e4m3fnuz float8e5m2 float8e5m2fnuz uint4 int4 float4e2m1'
).split(' ')

/** The name of an element type by its number in ONNX. */
export const typeName = (number: number): string => TYPES[number] ?? `type ${number}`

function readTensorType(message: Message): Omit<ValueInfo, 'name'> {
  let type = TYPES[0]
  let dims: (number | string)[] | undefined
  for (const field of message.fields()) {
    if (field.number === 1) type = typeName(field.int())
    else if (field.number === 2) dims = readShape(field.message())
  }
  return { type, dims }
}

function readShape(message: Message): (number | string)[] {
  const dims: (number | string)[] = []
  for (const field of message.fields()) {
    if (field.number !== 1) continue
    let dim: number | string = '?'
    for (const part of field.message().fields()) {
      if (part.number === 1) dim = part.int()
      else if (part.number === 2) dim = part.text() || '?'
    }
    dims.push(dim)
  }
  return dims
}
