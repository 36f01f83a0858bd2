import { browserDevices } from './browser-devices.js'
import { checkBrowserOptions } from './browser-options.js'
import type { Decoder } from './decoder.js'
import type { Detector } from './detector/detector.js'
import type { Encoder } from './encoder.js'
import type { Forecaster } from './forecaster/forecaster.js'
import type { LoadOptions, Platform } from './load.js'
import { openDecoder } from './load-decoder.js'
import { type LoadDetectorOptions, openDetector } from './load-detector.js'
import { openEncoder } from './load-encoder.js'
import { openForecaster } from './load-forecaster.js'
import { openSession } from './open-session.js'
import { pageThreads } from './page-threads.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { fetchBytes, type Source } from './source.js'
import { openWorkspace } from './worker/browser.js'

const browser: Platform = {
  devices: browserDevices(pageThreads),
  checkOwn: checkBrowserOptions,
  auto: ['wasm'],
  read: fetchBytes,
  openWorkspace(device, options, onEnd) {
    const threads = device === 'wasm' ? (options.threads ?? pageThreads()) : undefined
    return openWorkspace(device, { ...options, threads }, onEnd)
  },
}

/** The devices that every browser has, the best one first. */
export const availableDevices: readonly SessionDevice[] = ['wasm']

/** Threads that a training uses if nothing is said: 1; more are a choice. */
export const defaultThreads = (_device: SessionDevice): number => 1

/**
 * Loads a graph: any ONNX model whose inputs and outputs are float32, float64, int64, int32 or bool tensors.
 * onnxruntime-web is imported when the first session is created. It fetches ort-wasm-simd-threaded.wasm, for `webgpu`
 * ort-wasm-simd-threaded.asyncify.wasm, from beside the script that it is bundled into, or from where `wasmPaths` says.
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
 *   device asked for is available, `verification` if `verify` is asked for and fails, `option` for options; the
 *   signal's reason where that fires
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

/**
 * Loads a detector that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}, and the threshold
 * @throws TempocodeError as {@link loadEncoder} does, and `option` for a threshold that is not allowed
 */
export function loadDetector(source: Source, options: LoadDetectorOptions = {}): Promise<Detector> {
  return openDetector(browser, source, options)
}

/**
 * Loads a forecaster that Tempocode wrote.
 * @param source and options: as for {@link loadEncoder}
 * @throws TempocodeError as {@link loadEncoder} does
 */
export function loadForecaster(source: Source, options: LoadOptions = {}): Promise<Forecaster> {
  return openForecaster(browser, source, options)
}
