import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'

/**
 * Makes tfjs compute with its WASM backend, the fastest that needs nothing installed. Call it before models are built.
 * @throws TempocodeError `dependency` where the backend does not start
 */
export async function useFastTfjs(): Promise<void> {
  if (tf.getBackend() === 'wasm') return // its paths cannot be set twice
  const require = createRequire(import.meta.url)
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep)
  tf.enableProdMode() // else tfjs advertises another package
  if (await tf.setBackend('wasm')) return
  throw new TempocodeError('dependency', 'the WASM backend of tfjs does not start')
}
