import { TempocodeError } from '@tempocode/core'
import { refuseUnlessAllRun } from './devices/refuse.js'
import { importBinding, loadSession } from './ort-session.js'
import type { Session, SessionOptions } from './session.js'
import { wasmFile } from './wasm-paths.js'

/**
 * A session on WebGPU, by a build of onnxruntime-web of its own. It fetches ort-wasm-simd-threaded.asyncify.wasm, which
 * must lie beside the script that it is bundled into, or where `wasmPaths` says.
 */
export async function createWebgpuSession(
  bytes: Uint8Array,
  { wasmPaths }: SessionOptions,
): Promise<Session> {
  refuseUnlessAllRun(bytes, 'webgpu')
  if (!('gpu' in navigator))
    throw new TempocodeError('device', 'device "webgpu" is not available: the browser has no navigator.gpu')
  const binding = await importBinding('webgpu', () => import('onnxruntime-web/webgpu'))
  binding.env.wasm.numThreads = 1 // none of its nodes is left to the processor
  binding.env.wasm.wasmPaths = wasmFile(wasmPaths, 'ort-wasm-simd-threaded.asyncify.wasm')
  return loadSession(binding, 'webgpu', bytes, { extra: { session: { disable_cpu_ep_fallback: '1' } } })
}
