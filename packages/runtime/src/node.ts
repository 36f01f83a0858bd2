import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createCpuSession } from './cpu.js'
import { createCudaSession } from './cuda.js'
import type { Decoder } from './decoder.js'
import type { Detector } from './detector/detector.js'
import type { Encoder } from './encoder.js'
import type { Forecaster } from './forecaster/forecaster.js'
import type { LoadOptions, Platform } from './load.js'
import { openDecoder } from './load-decoder.js'
import { type LoadDetectorOptions, openDetector } from './load-detector.js'
import { openEncoder } from './load-encoder.js'
import { openForecaster } from './load-forecaster.js'
import { checkNodeOptions } from './node-options.js'
import { openSession } from './open-session.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { fetchBytes, type Source } from './source.js'
import type { Verification } from './verification.js'
import { openAndVerify } from './verify-file.js'
import { createWasmSession } from './wasm.js'
import { openWorkspace } from './worker/node.js'

const node: Platform = {
  devices: {
    cpu: createCpuSession,
    cuda: createCudaSession,
    wasm: (bytes, options) => createWasmSession(() => import('onnxruntime-web'), bytes, options),
  },
  checkOwn: checkNodeOptions,
  auto: ['cuda', 'cpu', 'wasm'],
  async read(location, watch) {
    if (/^https?:/i.test(location)) return fetchBytes(location, watch)
    const { buffer, byteOffset, length } = await readFile(
      /^file:/i.test(location) ? fileURLToPath(location) : location,
      { signal: watch.signal },
    )
    return new Uint8Array(buffer, byteOffset, length)
  },
  openWorkspace,
}

/** The devices that need nothing but the packages of npm, the best one first. */
export const availableDevices: readonly SessionDevice[] = ['cpu', 'wasm']

/** Threads that a device uses if nothing is said: all cores on `cpu`; 1 on `wasm`, where more are a choice. */
export const defaultThreads = (device: SessionDevice): number =>
  device === 'cpu' ? availableParallelism() : 1

/**
 * Loads a graph: any ONNX model whose inputs and outputs are float32, float64, int64, int32 or bool tensors.
 * The device's binding is imported when its first session is created.
 * @throws TempocodeError `model` if ONNX Runtime refuses the bytes, `device` if the device is not available or
 *   does not run every node, or, on `wasm`, already runs with another number of threads, `option` for options
 */
export function createSession(
  bytes: Uint8Array,
  device: SessionDevice,
  options: SessionOptions = {},
): Promise<Session> {
  return openSession(node, bytes, device, options)
}

/**
 * Loads an encoder that Tempocode wrote.
 * @param source the file's path, its URL (http, https, file) or its bytes, which must not change while it loads
 * @throws TempocodeError `file` if it cannot be read or is empty, `model` if it is no such encoder, `device` if no
 *   device asked for is available, `verification` if `verify` is asked for and fails, `option` for options; the
 *   signal's reason where that fires
 */
export function loadEncoder(source: Source, options: LoadOptions = {}): Promise<Encoder> {
  return openEncoder(node, source, options)
}

/**
 * Loads a decoder that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}
 * @throws TempocodeError as {@link loadEncoder} does
 */
export function loadDecoder(source: Source, options: LoadOptions = {}): Promise<Decoder> {
  return openDecoder(node, source, options)
}

/**
 * Loads a detector that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}, and the threshold
 * @throws TempocodeError as {@link loadEncoder} does, and `option` for a threshold that is not allowed
 */
export function loadDetector(source: Source, options: LoadDetectorOptions = {}): Promise<Detector> {
  return openDetector(node, source, options)
}

/**
 * Loads a forecaster that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}
 * @throws TempocodeError as {@link loadEncoder} does
 */
export function loadForecaster(source: Source, options: LoadOptions = {}): Promise<Forecaster> {
  return openForecaster(node, source, options)
}

/**
 * Runs the golden pair of any file that Tempocode wrote: encoder, decoder, an encoder's step, detector, forecaster.
 * @param source and options: as for {@link loadEncoder}
 * @throws TempocodeError as {@link loadEncoder} does; `verification` where the device computes other values
 */
export function verifyFile(source: Source, options: Omit<LoadOptions, 'verify'> = {}): Promise<Verification> {
  return openAndVerify(node, source, options)
}
