import { placement, type RefusedNode } from './devices/placement.js'
import {
  type DecoderMetadata,
  type DetectorMetadata,
  type EncoderMetadata,
  type ForecasterMetadata,
  type GoldenDecoding,
  type GoldenDetection,
  type GoldenForecast,
  type Metadata,
  readMetadata,
  type StreamMetadata,
} from './metadata.js'
import { type ModelFile, readModel } from './model-file.js'
import type { SessionDevice } from './session.js'

export { placement, type RefusedNode }

interface GoldenShapes {
  input: number[]
  outputs: Record<string, number[]>
  tolerance: number
}

/** What Tempocode wrote into a file, arrays by their shapes alone. */
export type InspectedMetadata =
  | ((Omit<EncoderMetadata, 'golden'> | Omit<StreamMetadata, 'golden'>) & {
      golden: { input: number[]; output: number[]; tolerance: number }
    })
  | (Omit<DetectorMetadata, 'golden' | 'errors' | 'codes' | 'scores'> & {
      /** How many windows calibrated it, the mean and deviation of their scores, and their tail. */
      scores?: Omit<NonNullable<DetectorMetadata['scores']>, 'order'>
      golden: GoldenShapes
    })
  | (Omit<ForecasterMetadata, 'golden' | 'center' | 'scale'> & {
      golden: GoldenShapes
    })
  | (Omit<DecoderMetadata, 'golden' | 'codes'> & {
      /** How many training windows the distribution of the codes was computed from, where there is one. */
      codes?: { windows: number }
      golden: GoldenShapes
    })

/** All that a person wants to know of an ONNX file; plain values, fit for JSON. */
export interface Inspection extends ModelFile {
  /** The file's size in bytes. */
  size: number
  /** For each device the nodes that it does not run; where there are none, it runs the file. */
  devices: Record<SessionDevice, RefusedNode[]>
  /** Missing if another tool wrote the file, or it is a training step, which `fineTune` reads. */
  tempocode?: InspectedMetadata
}

/**
 * Reads any ONNX file's inputs, outputs, operators and metadata, and Tempocode's own where the file has them.
 * @param file the file's name, for messages
 * @throws TempocodeError `model` if the bytes are no ONNX model or Tempocode's metadata are malformed
 */
export function inspectModel(bytes: Uint8Array, file?: string): Inspection {
  const model = readModel(bytes, file)
  const [cpu, cuda, wasm, webgpu] = DEVICES.map((device) => placement(bytes, device, file))
  const inspection = { ...model, size: bytes.length, devices: { cpu, cuda, wasm, webgpu } }
  const ours =
    Object.keys(model.metadata).some((key) => key.startsWith('tempocode.')) &&
    model.metadata['tempocode.kind'] !== 'training'
  return ours ? { ...inspection, tempocode: withoutArrays(readMetadata(model.metadata, file)) } : inspection
}

const DEVICES = ['cpu', 'cuda', 'wasm', 'webgpu'] as const

function withoutArrays(metadata: Metadata): InspectedMetadata {
  if (metadata.kind === 'decoder') {
    const { codes, golden, ...rest } = metadata
    return { ...rest, ...(codes && { codes: { windows: codes.windows } }), golden: shapesOf(golden) }
  }
  if (metadata.kind === 'detector') {
    const { errors, codes, scores, golden, ...rest } = metadata
    if (!scores) return { ...rest, golden: shapesOf(golden) }
    const { order, ...summary } = scores
    return { ...rest, scores: summary, golden: shapesOf(golden) }
  }
  if (metadata.kind === 'forecaster') {
    const { center, scale, golden, ...rest } = metadata
    return { ...rest, golden: shapesOf(golden) }
  }
  const { input, output, tolerance } = metadata.golden
  return { ...metadata, golden: { input: input.shape, output: output.shape, tolerance } }
}

function shapesOf({
  input,
  outputs,
  tolerance,
}: GoldenDecoding | GoldenDetection | GoldenForecast): GoldenShapes {
  const shapes = Object.entries(outputs).map(([name, { shape }]) => [name, shape])
  return { input: input.shape, outputs: Object.fromEntries(shapes), tolerance }
}
