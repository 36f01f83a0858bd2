// For pages without a bundler: all of it in one file. ONNX Runtime stands first and is not loaded later, as elsewhere: its
// threads run this very file, and wait for it.
import 'onnxruntime-web/wasm'

export * from '../browser-index.js'
