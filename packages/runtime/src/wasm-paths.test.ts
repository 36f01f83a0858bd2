import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { checkBrowserOptions } from './browser-options.js'
import type { WasmPaths } from './session.js'
import { failure } from './testing/failure.js'
import { absolutePaths, wasmFile } from './wasm-paths.js'

beforeAll(() => vi.stubGlobal('location', { href: 'https://a.example/app/index.html' }))
afterAll(() => vi.unstubAllGlobals())

test.each<[WasmPaths | undefined, WasmPaths | undefined, string | undefined]>([
  [undefined, undefined, undefined],
  ['ort', 'https://a.example/app/ort/', 'https://a.example/app/ort/x.wasm'],
  ['/ort/', 'https://a.example/ort/', 'https://a.example/ort/x.wasm'],
  [{ wasm: 'y.wasm' }, { wasm: 'https://a.example/app/y.wasm' }, 'https://a.example/app/y.wasm'],
  [{ worker: '/w.js' }, { worker: 'https://a.example/w.js' }, undefined],
])('%j is where the page says', (paths, absolute, wasm) => {
  expect(absolutePaths(paths)).toEqual(absolute)
  expect(absolutePaths(absolute)).toEqual(absolute) // a worker, too, makes them absolute
  expect(wasmFile(paths, 'x.wasm')).toEqual(wasm && { wasm })
})

test.each<[unknown, string]>([
  [5, 'wasmPaths is a number; use the URL of a folder or { wasm, worker }'],
  [null, 'wasmPaths is null; use the URL of a folder or { wasm, worker }'],
  [{ mjs: '/ort.mjs' }, 'option "mjs" is unknown; use wasm, worker'],
  [{ wasm: new URL('https://a.example/') }, 'wasmPaths.wasm is a URL; use a URL as a string'],
])('%j is refused', async (paths, message) => {
  const check = () => checkBrowserOptions({ wasmPaths: paths as WasmPaths })
  expect(await failure(check)).toMatchObject({ code: 'option', message })
})
