import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'

/** Makes tfjs compute with its WASM backend, the fastest that needs nothing installed. */
export async function useTfjsWasm(): Promise<void> {
  const require = createRequire(import.meta.url)
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep)
  tf.enableProdMode()
  await tf.setBackend('wasm')
}
