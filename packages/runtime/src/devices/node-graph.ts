import { readOp, readValueInfo, typeName } from '../model-file.js'
import type { Message } from '../protobuf.js'

/** A graph as far as it matters to who runs its nodes: the main one, or the body of a loop. */
export interface NodeGraph {
  nodes: readonly GraphNode[]
  /** The element types of what it takes and of the constants that it holds, by their names. */
  types: ReadonlyMap<string, string>
  outputs: readonly string[]
}

export interface GraphNode {
  /** Its name, or that of its first output where it has none. */
  name: string
  /** One outside ONNX's own set has its domain before it. */
  operator: string
  /** Names of values; empty where one is left out. */
  inputs: readonly string[]
  outputs: readonly string[]
  attributes: ReadonlyMap<string, NodeAttribute>
}

/** An attribute's value where it is one of these. */
export interface NodeAttribute {
  int?: number
  texts?: readonly string[]
  graph?: NodeGraph
  /** The element type of a tensor. */
  tensor?: string
}

/**
 * Reads a GraphProto's nodes and those of the bodies in it. Weights are skipped.
 * The numbers of the fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 * @throws TempocodeError `model` at the first byte that is not as it must be
 */
export function readNodeGraph(message: Message): NodeGraph {
  const nodes: GraphNode[] = []
  const types = new Map<string, string>()
  const outputs: string[] = []
  for (const field of message.fields()) {
    if (field.number === 1) nodes.push(readNode(field.message()))
    else if (field.number === 5) types.set(...readConstant(field.message()))
    else if (field.number === 11) {
      const { name, type } = readValueInfo(field.message())
      types.set(name, type)
    } else if (field.number === 12) outputs.push(readValueInfo(field.message()).name)
  }
  return { nodes, types, outputs }
}

function readNode(message: Message): GraphNode {
  const inputs: string[] = []
  const outputs: string[] = []
  const attributes = new Map<string, NodeAttribute>()
  let name = ''
  for (const field of message.fields()) {
    if (field.number === 1) inputs.push(field.text())
    else if (field.number === 2) outputs.push(field.text())
    else if (field.number === 3) name = field.text()
    else if (field.number === 5) attributes.set(...readAttribute(field.message()))
  }
  return { name: name || (outputs[0] ?? ''), operator: readOp(message), inputs, outputs, attributes }
}

function readAttribute(message: Message): [name: string, value: NodeAttribute] {
  let name = ''
  const value: NodeAttribute = {}
  const texts: string[] = []
  for (const field of message.fields()) {
    if (field.number === 1) name = field.text()
    else if (field.number === 3) value.int = field.int()
    else if (field.number === 4 || field.number === 9) texts.push(field.text())
    else if (field.number === 5) value.tensor = readConstant(field.message())[1]
    else if (field.number === 6) value.graph = readNodeGraph(field.message())
  }
  return [name, texts.length > 0 ? { ...value, texts } : value]
}

function readConstant(message: Message): [name: string, type: string] {
  let [name, type] = ['', 0]
  for (const field of message.fields()) {
    if (field.number === 2) type = field.int()
    else if (field.number === 8) name = field.text()
  }
  return [name, typeName(type)]
}
