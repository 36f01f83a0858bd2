import { checkBrowserOptions } from './browser-options.js'
import { type Devices, openSession } from './open-session.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'

/**
 * What browsers run files on. The code for a device is loaded when it is asked for: a page whose sessions are all in
 * workers needs none of it.
 *
 * The entry point of onnxruntime-web that is WebAssembly alone runs the same binary as Node's, so with one thread both
 * compute the same bits.
 * @param threads of WebAssembly, where no number is asked for and it does not run yet
 */
export const browserDevices = (threads: () => number): Devices => ({
  wasm: async (bytes, options) =>
    (await import('./wasm.js')).createWasmSession(
      () => import('onnxruntime-web/wasm'),
      bytes,
      options,
      threads,
    ),
  webgpu: async (bytes, options) => (await import('./webgpu.js')).createWebgpuSession(bytes, options),
})

const inWorker = { devices: browserDevices(() => 1), checkOwn: checkBrowserOptions }

/** In a worker, where the page has chosen the threads: 1, if it said nothing. */
export const createWorkerSession = (
  bytes: Uint8Array,
  device: SessionDevice,
  options: SessionOptions,
): Promise<Session> => openSession(inWorker, bytes, device, options)
