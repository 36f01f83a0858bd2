/** A tensor as ONNX Runtime takes and gives it: row-major data and its shape. */
export interface Tensor {
  /** Its class is the element type: float32, float64, int64, int32 and, as a Uint8Array, bool. */
  data: Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array
  shape: readonly number[]
}

/** Where a session runs: `cpu` and `cuda` in Node alone, `webgpu` in browsers alone. */
export type SessionDevice = 'cpu' | 'cuda' | 'wasm' | 'webgpu'

export interface SessionOptions {
  /**
   * Threads inside an operator, on `cpu` and `wasm`. Default: all cores on `cpu`. On `wasm` 1, but for files and sessions
   * in pages: there up to 4 where the page is cross-origin isolated, and else 1, of which the console is told once.
   */
  threads?: number
  /** In browsers: where ONNX Runtime's files and the worker's script are. Default: beside the page's script. */
  wasmPaths?: WasmPaths
  /** For `cuda`. */
  cuda?: CudaOptions
}

/**
 * The URL of a folder with ONNX Runtime's .wasm files, under the names that they have in onnxruntime-web; or the URLs of
 * files: `wasm` that which the device needs, `worker` @tempocode/runtime's browser-worker.js. All may be relative to the
 * page's URL.
 */
export type WasmPaths = string | { wasm?: string; worker?: string }

export interface CudaOptions {
  /** Which GPU, as CUDA counts them. Default 0. */
  deviceId?: number
  /**
   * Whether products may be computed from TF32, numbers of 11 bits: faster, and off by 1e-3 instead of 1e-6, which is
   * more than the golden pair of a file allows. A process has it or not, by its first session. Default false.
   */
  tf32?: boolean
}

/** A loaded graph on one device. One `run` at a time: a second one waits for the first. */
export interface Session {
  readonly device: SessionDevice
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /**
   * Runs the graph and gives all outputs. The feeds' data must not change until then.
   * @throws TempocodeError `data` if the feeds are not what the graph takes, `device` if the device fails to run it
   */
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
  /** Frees the native memory once the runs under way are done; later runs reject. */
  release(): Promise<void>
}
