import type { Decoder } from './decoder.js'
import type { Encoder } from './encoder.js'
import { type LoadOptions, openSession, type Platform } from './load.js'
import { openDecoder } from './load-decoder.js'
import { openEncoder } from './load-encoder.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { fetchBytes, type Source } from './source.js'
import { createWasmSession } from './wasm.js'

// The entry point of onnxruntime-web that is WebAssembly alone runs the same binary as Node's, so with one thread both
// compute the same bits.
const browser: Platform = {
  devices: {
    wasm: (bytes, options) => createWasmSession(() => import('onnxruntime-web/wasm'), bytes, options),
    webgpu: async (bytes) => (await import('./webgpu.js')).createWebgpuSession(bytes), // larger, for who asks for it
  },
  auto: ['wasm'],
  read: fetchBytes,
}

/** The devices that every browser has, the best one first. */
export const availableDevices: readonly SessionDevice[] = ['wasm']

/** Threads that a device uses if nothing is said: 1; more are a choice. */
export const defaultThreads = (_device: SessionDevice): number => 1

/**
 * Loads a graph: any ONNX model whose inputs and outputs are float32, float64, int64, int32 or bool tensors.
 * onnxruntime-web is imported when the first session is created. It fetches ort-wasm-simd-threaded.wasm, for `webgpu`
 * ort-wasm-simd-threaded.asyncify.wasm, which must lie beside the script that it is bundled into.
 * @throws TempocodeError `model` if ONNX Runtime refuses the bytes, `device` if the device is not available or does not
 *   run every node, or WebAssembly already runs with another number of threads, `option` for options
 */
export function createSession(
  bytes: Uint8Array,
  device: SessionDevice,
  options: SessionOptions = {},
): Promise<Session> {
  return openSession(browser, bytes, device, options)
}

/**
 * Loads an encoder that Tempocode wrote.
 * @param source the file's URL, which may be relative to the page's, or its bytes, which must not change while it loads
 * @throws TempocodeError `file` if it cannot be read or is empty, `model` if it is no such encoder, `device` if no
 *   device asked for is available, `verification` if `verify` is asked for and fails, `option` for options
 */
export function loadEncoder(source: Source, options: LoadOptions = {}): Promise<Encoder> {
  return openEncoder(browser, source, options)
}

/**
 * Loads a decoder that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}
 * @throws TempocodeError as {@link loadEncoder} does
 */
export function loadDecoder(source: Source, options: LoadOptions = {}): Promise<Decoder> {
  return openDecoder(browser, source, options)
}
