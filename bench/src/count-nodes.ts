import { Message } from '../../packages/runtime/src/protobuf.js'

/** Nodes of an ONNX file, those in the bodies of Scan, Loop and If too. The numbers are those of onnx.proto. */
export function countNodes(model: Uint8Array): number {
  return messages(new Message(model), 7).reduce((sum, graph) => sum + inGraph(graph), 0)
}

function inGraph(graph: Message): number {
  const nodes = messages(graph, 1)
  const bodies = nodes.flatMap((node) => messages(node, 5)).flatMap((attribute) => messages(attribute, 6))
  return nodes.length + bodies.reduce((sum, body) => sum + inGraph(body), 0)
}

const messages = (message: Message, number: number): Message[] =>
  [...message.fields()].filter((field) => field.number === number).map((field) => field.message())
