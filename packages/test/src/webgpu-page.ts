import { createSession, loadEncoder, type SessionDevice, type Tensor } from '@tempocode/runtime'
import { type Binding, runProfiled } from './profile-session.js'

// What the page of webgpu.test.ts runs.

/** What ONNX Runtime prints, which takes the console as it is when it is loaded. */
const printed: string[] = []
console.log = (...parts: unknown[]) => {
  printed.push(parts.join(' '))
}

/** Bytes and arrays as they travel into the page. */
export interface Plain {
  /** base64 */
  file: string
  feeds: Record<string, { type: 'float32' | 'int32' | 'int64'; data: number[]; shape: readonly number[] }>
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

const ARRAYS = {
  float32: (data: number[]) => Float32Array.from(data),
  int32: (data: number[]) => Int32Array.from(data),
  int64: (data: number[]) => BigInt64Array.from(data, BigInt),
}

const feedsOf = ({ feeds }: Plain): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, { type, data, shape }]) => [name, { data: ARRAYS[type](data), shape }]),
  )

/** Runs a file by ONNX Runtime alone, which may give nodes to the processor: its outputs, and where each node ran. */
export async function profile(plain: Plain) {
  const url = '/ort.webgpu.bundle.min.mjs'
  const binding: Binding & { env: { wasm: { numThreads: number } } } = await import(url)
  binding.env.wasm.numThreads = 1
  const options = { executionProviders: ['webgpu'], logSeverityLevel: 3 }
  return runProfiled(binding, { file: bytesOf(plain.file), feeds: feedsOf(plain), options }, (session) => {
    printed.length = 0
    session.endProfiling()
    return printed
  })
}

/** Runs a file by our runtime. */
export async function run(plain: Plain, device: SessionDevice): Promise<Record<string, number[]>> {
  const session = await createSession(bytesOf(plain.file), device)
  const outputs = await session.run(feedsOf(plain))
  await session.release()
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data, Number)]),
  )
}

/** Loads an encoder, and proves it by its golden pair. */
export async function verify(plain: Plain, device: 'auto' | SessionDevice) {
  const encoder = await loadEncoder(bytesOf(plain.file), { device, verify: true })
  const verification = await encoder.verify()
  await encoder.dispose()
  return verification
}
