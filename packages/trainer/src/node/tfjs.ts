import { createRequire } from 'node:module'
import { dirname, sep } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'

tf.enableProdMode() // else tfjs advertises another package when it first computes in Node

/**
 * Makes tfjs compute with its WASM backend, the fastest that needs nothing installed.
 * @throws TempocodeError `dependency` where the backend does not start
 */
export async function useFastTfjs(): Promise<void> {
  if (tf.getBackend() === 'wasm') return // its paths cannot be set twice
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm') // which changes tfjs's default
  const require = createRequire(import.meta.url)
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + sep)
  if (await tf.setBackend('wasm')) return
  throw new TempocodeError('dependency', 'the WASM backend of tfjs does not start')
}
