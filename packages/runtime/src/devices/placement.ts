import { reading, readModel, typeName } from '../model-file.js'
import { Message } from '../protobuf.js'
import type { SessionDevice } from '../session.js'
import { cudaKernels } from './cuda-kernels.js'
import { type Kernel, kernelOf } from './kernel.js'
import { type GraphNode, type NodeGraph, readNodeGraph } from './node-graph.js'
import { outputType, type Types } from './value-types.js'
import { webgpuKernels } from './webgpu-kernels.js'

/** A node that a device does not run. */
export interface RefusedNode {
  node: string
  operator: string
  reason: string
}

/** Operator sets that ONNX Runtime has for the processor beside ONNX's own. */
const DOMAINS = ['ai.onnx.ml', 'com.microsoft']
const OPSET = 18

/** What is known of a device; the others run all of ONNX. */
export const kernelsOf: Partial<Record<SessionDevice, readonly Kernel[]>> = {
  cuda: cudaKernels,
  webgpu: webgpuKernels,
}

/**
 * The nodes of an ONNX file that a device does not run, those in the bodies of loops included, in their order. ONNX
 * Runtime gives such nodes to the processor with no more than a warning, or fails when they run.
 *
 * `cpu` and `wasm` run all of ONNX's own operators. What `cuda` and `webgpu` run is known for operator set 18.
 * @param file the file's name, for messages
 * @throws TempocodeError `model` if the bytes are no ONNX model
 */
export function placement(bytes: Uint8Array, device: SessionDevice, file?: string): RefusedNode[] {
  const { opsets } = readModel(bytes, file)
  const proto = [...new Message(bytes).fields()].find(({ number }) => number === 7)!
  const graph = reading(() => readNodeGraph(proto.message()), file)
  const refused: RefusedNode[] = []
  walk(graph, new Map(), (node, types) => {
    const reason = refusal(node, types, device, opsets['ai.onnx'])
    if (reason) refused.push({ node: node.name, operator: node.operator, reason })
  })
  return refused
}

/**
 * Visits all nodes, and a loop before those of its body.
 * @returns the types of the graph's values
 */
function walk(graph: NodeGraph, outer: Types, visit: (node: GraphNode, types: Types) => void): Types {
  const types = new Map([...outer, ...graph.types])
  for (const node of graph.nodes) {
    visit(node, types)
    const own = outputType(node, types, typeName)
    for (const output of node.outputs) if (own) types.set(output, own)
    for (const { graph: body } of node.attributes.values()) {
      if (!body) continue
      const inner = walk(body, types, visit)
      const results = node.operator === 'Loop' ? body.outputs.slice(1) : body.outputs // a Loop's first one stays inside
      results.forEach((result, i) => {
        const type = inner.get(result)
        if (type && node.outputs[i]) types.set(node.outputs[i], type)
      })
    }
  }
  return types
}

function refusal(node: GraphNode, types: Types, device: SessionDevice, opset: number): string | undefined {
  const { operator, inputs } = node
  const kernels = kernelsOf[device]
  if (!kernels) {
    const [domain] = operator.split(/\.(?=[^.]+$)/)
    if (domain === operator || DOMAINS.includes(domain)) return undefined
    return `${device} has no kernel for ${operator}`
  }
  if (opset !== OPSET)
    return `what ${device} runs is known for operator set ${OPSET}, and the file has ${opset ?? 'none'}`
  const kernel = kernelOf(operator, kernels)
  if (!kernel) return `${device} has no kernel for ${operator}`
  const type = types.get(inputs[kernel.typed ?? 0])
  const allowed = kernel.types.split(' ')
  if (type && !allowed.includes(type))
    return `${device}'s ${operator} takes ${allowed.join(', ')}, and this one ${type}`
  const reason = kernel.refuses?.(node)
  return reason && `${device}'s ${operator} ${reason}`
}
