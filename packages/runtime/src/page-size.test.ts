import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'
import { writeEncoder } from './testing/encoder-file.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const ORT = ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm']

/** A page's script and the worker's as an app bundles them, ONNX Runtime left outside. */
async function bundle(script: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: script, resolveDir: here, sourcefile: 'page.js' },
    entryPoints: { 'browser-worker': `${here}worker/browser-worker.ts` },
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    metafile: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    platform: 'browser',
    conditions: ['@tempocode/source'],
    external: ['onnxruntime-*'],
    logLevel: 'warning',
  })
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]))
  const contents = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  return { outputs, sizeOf: (files: Set<string>) => sizeOf([...files].map((file) => contents.get(file)!)) }
}

const sizeOf = (files: Uint8Array[]) => gzipSync(Buffer.concat(files)).length
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`

/** The files that are loaded with an entry; with `wasm`, also what is imported when a session on it is created. */
function loaded(outputs: Map<string, Metafile['outputs'][string]>, entry: string, wasm = false): Set<string> {
  const files = new Set([entry])
  for (const file of files) {
    for (const { path, kind, external } of outputs.get(file)!.imports) {
      const name = basename(path)
      const later = wasm && outputs.get(name)?.entryPoint?.endsWith('/wasm.ts')
      if (!external && (kind === 'import-statement' || later)) files.add(name)
    }
  }
  return files
}

test('what a page loads of ours to encode is 12 KB at most, with its worker; ONNX Runtime is the rest', async () => {
  const { outputs, sizeOf: size } = await bundle("export { loadEncoder } from './browser-index.js'")
  const page = loaded(outputs, 'stdin.js')
  const worker = loaded(outputs, 'browser-worker.js', true)
  const without = loaded(outputs, 'stdin.js', true)
  const both = new Set([...page, ...worker])
  const sources = [...both].flatMap((file) => Object.keys(outputs.get(file)!.inputs))
  expect(sources.filter((source) => /webgpu|\/devices\/|decoder|detector|forecaster/.test(source))).toEqual(
    [],
  )

  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(`onnxruntime-web/${ORT[1]}`))
  const runtime = ORT.map((file) => readFileSync(join(folder, file)))
  const model = writeEncoder()
  const all = size(both) + runtime.reduce((sum, file) => sum + sizeOf([file]), 0) + sizeOf([model])
  console.log(
    `our JavaScript for encoding, gzip: page ${kilobytes(size(page))}, worker ${kilobytes(size(worker))}, ` +
      `both, what they share once: ${kilobytes(size(both))}; page without a worker ${kilobytes(size(without))}; ` +
      `all that is transferred until the first feature: ${kilobytes(all)}`,
  )
  expect(size(both)).toBeLessThanOrEqual(12 * 1024)
  expect(size(without)).toBeLessThanOrEqual(12 * 1024)
})

test('a decoder more is little more', async () => {
  const { outputs, sizeOf: size } = await bundle(
    "export { loadDecoder, loadEncoder } from './browser-index.js'",
  )
  expect(size(loaded(outputs, 'stdin.js', true))).toBeLessThanOrEqual(13.5 * 1024)
})

test('nor is a forecaster, and it brings no detector', async () => {
  const { outputs, sizeOf: size } = await bundle(
    "export { loadEncoder, loadForecaster } from './browser-index.js'",
  )
  const page = loaded(outputs, 'stdin.js', true)
  const sources = [...page].flatMap((file) => Object.keys(outputs.get(file)!.inputs))
  expect(sources.filter((source) => /webgpu|\/devices\/|decoder|detector/.test(source))).toEqual([])
  console.log(`our JavaScript for encoding and forecasting, gzip: ${kilobytes(size(page))}`)
  expect(size(page)).toBeLessThanOrEqual(14 * 1024)
})
