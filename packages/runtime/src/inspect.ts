import { type Metadata, readMetadata } from './metadata.js'
import { type ModelFile, readModel } from './model-file.js'

/** All that a person wants to know of an ONNX file; plain values, fit for JSON. */
export interface Inspection extends ModelFile {
  /** The file's size in bytes. */
  size: number
  /** What Tempocode wrote into the file, the golden pair by its shapes alone; missing if another tool wrote it. */
  tempocode?: Omit<Metadata, 'golden'> & { golden: { input: number[]; output: number[]; tolerance: number } }
}

/**
 * Reads any ONNX file's inputs, outputs, operators and metadata, and Tempocode's own where the file has them.
 * @param file the file's name, for messages
 * @throws TempocodeError `model` if the bytes are no ONNX model or Tempocode's metadata are malformed
 */
export function inspectModel(bytes: Uint8Array, file?: string): Inspection {
  const model = readModel(bytes, file)
  const ours = Object.keys(model.metadata).some((key) => key.startsWith('tempocode.'))
  if (!ours) return { ...model, size: bytes.length }
  const { golden, ...rest } = readMetadata(model.metadata, file)
  const shapes = { input: golden.input.shape, output: golden.output.shape, tolerance: golden.tolerance }
  return { ...model, size: bytes.length, tempocode: { ...rest, golden: shapes } }
}
