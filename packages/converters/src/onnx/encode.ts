import { type Attribute, type ElementType, Graph, type Node, type Value } from '../graph/graph.js'
import { onnx } from './generated/onnx.js'

const OPSET = 18
const IR_VERSION = 8
const { AttributeType } = onnx.AttributeProto
const ELEMENT_TYPES: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 }

/** What stands in the file beside the graph. */
export interface FileOptions {
  /** The version of Tempocode. */
  version: string
  metadata: Record<string, string>
}

/** The bytes of an ONNX file, IR version 8 and opset 18. Equal graphs give equal bytes. */
export function encodeModel(graph: Graph, { version, metadata }: FileOptions): Uint8Array {
  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    producerName: 'tempocode',
    producerVersion: version,
    graph: graphProto(graph),
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }).finish()
}

const graphProto = (graph: Graph): onnx.GraphProto.$Properties => ({
  name: graph.name,
  node: graph.liveNodes.map(nodeProto),
  initializer: graph.constants.map(({ value, data }) => ({
    name: value.name,
    dims: value.shape.map(Number),
    dataType: ELEMENT_TYPES[value.type],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  })),
  input: graph.inputs.map(valueProto),
  output: graph.outputs.map(valueProto),
})

const valueProto = ({ name, type, shape }: Value): onnx.ValueInfoProto.$Properties => ({
  name,
  type: {
    tensorType: {
      elemType: ELEMENT_TYPES[type],
      shape: {
        dim: shape.map((length) =>
          typeof length === 'number' ? { dimValue: length } : { dimParam: length },
        ),
      },
    },
  },
})

const nodeProto = (node: Node): onnx.NodeProto.$Properties => ({
  name: node.outputs[0].name,
  opType: node.type,
  input: node.inputs.map(({ name }) => name),
  output: node.outputs.map(({ name }) => name),
  attribute: Object.entries(node.attributes).map(([name, attribute]) => ({
    name,
    ...attributeProto(attribute),
  })),
})

function attributeProto(attribute: Attribute): onnx.AttributeProto.$Properties {
  if (typeof attribute === 'number') return { type: AttributeType.INT, i: attribute }
  if (attribute instanceof Graph) return { type: AttributeType.GRAPH, g: graphProto(attribute) }
  if ('float' in attribute) return { type: AttributeType.FLOAT, f: attribute.float }
  if ('floats' in attribute) return { type: AttributeType.FLOATS, floats: [...attribute.floats] }
  if ('string' in attribute)
    return { type: AttributeType.STRING, s: new TextEncoder().encode(attribute.string) }
  if ('strings' in attribute) {
    return {
      type: AttributeType.STRINGS,
      strings: attribute.strings.map((text) => new TextEncoder().encode(text)),
    }
  }
  return { type: AttributeType.INTS, ints: [...attribute] }
}
