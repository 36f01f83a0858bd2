import { Message } from '../../runtime/src/protobuf.js'

// The numbers of the fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** How many nodes an ONNX file has, those in the bodies of loops included. */
export function countNodes(bytes: Uint8Array): number {
  return messages(new Message(bytes), 7).reduce((sum, graph) => sum + nodesIn(graph), 0)
}

/** The shapes of the constants that an ONNX file carries beside its nodes. */
export function constantShapes(bytes: Uint8Array): number[][] {
  const constants = messages(new Message(bytes), 7).flatMap((graph) => messages(graph, 5))
  return constants.map((constant) => {
    const dims = [...constant.fields()].filter(({ number }) => number === 1)
    return dims.map((field) => field.int())
  })
}

const nodesIn = (graph: Message): number =>
  messages(graph, 1).reduce((sum, node) => {
    const bodies = messages(node, 5).flatMap((attribute) => messages(attribute, 6))
    return sum + 1 + bodies.reduce((inner, body) => inner + nodesIn(body), 0)
  }, 0)

function messages(parent: Message, number: number): Message[] {
  const found: Message[] = []
  for (const field of parent.fields()) if (field.number === number) found.push(field.message())
  return found
}
