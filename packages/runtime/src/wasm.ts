import { TempocodeError } from '@tempocode/core'
import { type Binding, importBinding, loadSession } from './ort-session.js'
import type { Session, SessionOptions } from './session.js'
import { wasmFile } from './wasm-paths.js'

/** The threads that the binding was started with; it takes their number once. */
let started: number | undefined

/**
 * A session on WebAssembly, by onnxruntime-web.
 * All such sessions share their threads: the first one sets their number, and where the .wasm file is.
 * @param load imports onnxruntime-web, of which each platform has its own build
 * @param usual threads, where no number is asked for
 */
export async function createWasmSession(
  load: () => Promise<Binding>,
  bytes: Uint8Array,
  { threads, wasmPaths }: SessionOptions,
  usual = () => 1,
): Promise<Session> {
  const binding = await importBinding('wasm', load)
  const asked = threads ?? started ?? usual()
  if (started !== undefined && asked !== started) {
    fail(`wasm already runs with threads ${started}; ${asked} would need a new process or page`)
  }
  if (asked > 1 && typeof SharedArrayBuffer === 'undefined') {
    fail(
      `threads ${asked} are not available on wasm without SharedArrayBuffer (cross-origin isolation); use 1`,
    )
  }
  started = asked
  binding.env.wasm.numThreads = started
  binding.env.wasm.wasmPaths = wasmFile(wasmPaths, 'ort-wasm-simd-threaded.wasm')
  return loadSession(binding, 'wasm', bytes)
}

function fail(message: string): never {
  throw new TempocodeError('device', message)
}
