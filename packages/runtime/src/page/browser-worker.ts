// The worker's script in one file; ONNX Runtime stands first for its threads, as in the page's.
import 'onnxruntime-web/wasm'
import '../worker/browser-worker.js'
