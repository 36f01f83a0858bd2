import { TempocodeError } from '@tempocode/core'
import { reading } from './model-file.js'
import { type Field, Message } from './protobuf.js'

export interface Rewriting {
  /** The new values of a constant of 32-bit floats, as many as it has; undefined to keep those it has. */
  valuesOf: (name: string, length: number) => Float32Array | undefined
  /** What stands in the place of the file's metadata. */
  metadata: Record<string, string>
}

// Of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const MODEL = { graph: 7, metadata: 14 }
const GRAPH = { initializer: 5 }
const TENSOR = { name: 8, rawData: 9, dataType: 2 }
const FLOAT = 1

/**
 * An ONNX file with other weights and other metadata, and else the same bytes.
 * @param file the file's name, for messages
 * @throws TempocodeError `model` if the bytes are no ONNX model, or a constant is given another number of values
 */
export function rewriteModel(
  bytes: Uint8Array,
  { valuesOf, metadata }: Rewriting,
  file?: string,
): Uint8Array {
  const { copy, constants } = reading(() => {
    const copy = withoutMetadata(bytes)
    return { copy, constants: constantsOf(copy) }
  }, file)
  for (const { name, data } of constants) {
    const length = (data.end - data.start) / 4
    const values = valuesOf(name, length)
    if (!values) continue
    if (values.length !== length) {
      const message = `${name} has ${length} values, and is to be replaced by ${values.length}`
      throw new TempocodeError('model', message, { file })
    }
    const view = new DataView(copy.buffer, data.start)
    values.forEach((value, i) => {
      view.setFloat32(4 * i, value, true)
    })
  }
  return joined([copy, ...Object.entries(metadata).map(metadataField)])
}

function withoutMetadata(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let kept = 0
  for (const field of new Message(bytes).fields()) {
    if (field.number !== MODEL.metadata) continue
    parts.push(bytes.subarray(kept, field.at))
    kept = field.end
  }
  return joined([...parts, bytes.subarray(kept)])
}

/** The constants of 32-bit floats in the graph, but for those in the bodies of loops. */
function constantsOf(bytes: Uint8Array): { name: string; data: Field }[] {
  const graphs = [...new Message(bytes).fields()].filter(({ number }) => number === MODEL.graph)
  const initializers = graphs
    .flatMap((graph) => [...graph.message().fields()])
    .filter(({ number }) => number === GRAPH.initializer)
  return initializers.flatMap((initializer) => {
    let name = ''
    let type = 0
    let data: Field | undefined
    for (const field of initializer.message().fields()) {
      if (field.number === TENSOR.name) name = field.text()
      else if (field.number === TENSOR.dataType) type = field.int()
      else if (field.number === TENSOR.rawData) data = field
    }
    return type === FLOAT && data ? [{ name, data }] : []
  })
}

/** A StringStringEntryProto as a field of the model. */
function metadataField([key, value]: [string, string]): Uint8Array {
  const entry = joined([
    bytesField(1, new TextEncoder().encode(key)),
    bytesField(2, new TextEncoder().encode(value)),
  ])
  return bytesField(MODEL.metadata, entry)
}

/** A field of so many bytes, behind its number (below 16) and its length. */
function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  const head = [(number << 3) | 2]
  let { length } = bytes
  for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) | 128)
  return joined([Uint8Array.of(...head, length), bytes])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
