import { TempocodeError } from '@tempocode/core'
import {
  type EncoderMetadata,
  openWorkspace,
  readMetadata,
  readModel,
  rewriteModel,
  type SessionDevice,
  type SessionOptions,
  type Tensor,
  writeMetadata,
} from '@tempocode/runtime'
import type { StepFile } from './step-file.js'

/** What an encoder says of the training that its weights come from. */
export type Origin = Pick<EncoderMetadata, 'stride' | 'seed' | 'timeStep' | 'groupBy' | 'dataDigest'>

/**
 * An encoder with other weights. Its example of an input and an output is made anew, by ONNX Runtime on this device.
 * @param bytes encoder.onnx, or encoder.plain.onnx
 * @param weights by the names that they have in the file
 * @throws TempocodeError `model` where the bytes are no encoder that was written beside the training step
 */
export async function encoderWith(
  bytes: Uint8Array,
  weights: Record<string, Tensor>,
  step: StepFile,
  origin: Origin,
  place: { device: SessionDevice } & SessionOptions,
): Promise<Uint8Array> {
  const metadata = readMetadata(readModel(bytes).metadata)
  if (metadata.kind !== 'encoder') fail(`the file is a ${metadata.kind}, and not an encoder`)
  for (const name of ['columns', 'window', 'scaler'] as const) {
    const [ours, theirs] = [metadata[name], step[name]].map((value) => JSON.stringify(value))
    if (ours !== theirs) fail(`the encoder's ${name} is ${ours}, and that of training.onnx ${theirs}`)
  }
  const valuesOf = valuesIn(weights, step)
  const golden = await goldenOf(rewriteModel(bytes, { valuesOf, metadata: {} }), metadata, place)
  return rewriteModel(bytes, { valuesOf, metadata: writeMetadata({ ...metadata, ...origin, golden }) })
}

/** What stands in the place of a constant: of those that are no weights, and of frozen weights, nothing. */
const valuesIn =
  (weights: Record<string, Tensor>, { frozen }: StepFile) =>
  (name: string, length: number): Float32Array | undefined => {
    if (!name.includes('/') || frozen.includes(name)) return undefined
    const values = weights[name]?.data
    if (!values) fail(`the encoder's ${name} is none of the weights of training.onnx`)
    // a bias stands before the one of the recurrent side, which is zeros
    if (length !== values.length && length !== 2 * values.length)
      fail(`the encoder's ${name} has ${length} values, and that of training.onnx ${values.length}`)
    const whole = new Float32Array(length)
    whole.set(values as Float32Array)
    return whole
  }

async function goldenOf(
  bytes: Uint8Array,
  { golden }: EncoderMetadata,
  { device, ...options }: { device: SessionDevice } & SessionOptions,
): Promise<EncoderMetadata['golden']> {
  const { input, lengths } = golden
  const feeds: Record<string, Tensor> = {
    input,
    ...(lengths && { lengths: { data: Int32Array.from(lengths), shape: [lengths.length] } }),
  }
  const workspace = openWorkspace(device, options)
  try {
    await workspace.load('encoder', bytes)
    const { features } = await workspace.run('encoder', feeds)
    return { ...golden, output: { data: features.data as Float32Array, shape: [...features.shape] } }
  } finally {
    await workspace.close()
  }
}

function fail(message: string): never {
  throw new TempocodeError('model', message)
}
