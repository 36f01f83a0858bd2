import { TempocodeError } from '@tempocode/core'
import { checkKeys, kindOf } from './options.js'
import type { SessionOptions } from './session.js'

/** @throws TempocodeError `option` where one that browsers have of their own is not allowed, or one is for Node */
export function checkBrowserOptions({ wasmPaths, cuda }: SessionOptions): void {
  if (cuda !== undefined) fail('option "cuda" is for Node')
  if (wasmPaths === undefined || typeof wasmPaths === 'string') return
  if (typeof wasmPaths !== 'object' || wasmPaths === null)
    fail(`wasmPaths is ${kindOf(wasmPaths)}; use the URL of a folder or { wasm, worker }`)
  checkKeys(wasmPaths, ['wasm', 'worker'])
  for (const [file, url] of Object.entries(wasmPaths))
    if (typeof url !== 'string') fail(`wasmPaths.${file} is ${kindOf(url)}; use a URL as a string`)
}

function fail(message: string): never {
  throw new TempocodeError('option', message)
}
