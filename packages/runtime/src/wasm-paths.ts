import type { WasmPaths } from './session.js'

// Where a page finds ONNX Runtime's files and the worker's script

/** The paths as URLs that are the same for the page and for a worker, whose script may be somewhere else. */
export function absolutePaths(paths: WasmPaths | undefined): WasmPaths | undefined {
  if (paths === undefined) return undefined
  const absolute = (url: string) => new URL(url, globalThis.document?.baseURI ?? location.href).href
  if (typeof paths === 'string') return absolute(paths.endsWith('/') ? paths : `${paths}/`)
  return Object.fromEntries(Object.entries(paths).map(([file, url]) => [file, absolute(url)]))
}

/**
 * What ONNX Runtime is told of its own file. Given the folder, it would look for a script there, too, which the bundle
 * has already.
 */
export function wasmFile(paths: WasmPaths | undefined, name: string): { wasm?: string } | undefined {
  const absolute = absolutePaths(paths)
  if (typeof absolute === 'string') return { wasm: absolute + name }
  return absolute?.wasm === undefined ? undefined : { wasm: absolute.wasm }
}
