// What ONNX Runtime takes by itself at most. Each thread is a worker more to start, and the steps of an encoder, small
// products one after the other, do not keep many busy.
const MOST = 4

let said = false

/** Threads for WebAssembly where a page asks for no number. */
export function pageThreads(): number {
  if (crossOriginIsolated) return Math.min(MOST, navigator.hardwareConcurrency)
  if (!said) {
    console.warn('tempocode: wasm runs on one thread, for the page is not cross-origin isolated')
    said = true
  }
  return 1
}
