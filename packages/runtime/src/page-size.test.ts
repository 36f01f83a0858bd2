import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { writeEncoder } from './testing/encoder-file.js'
import { bundlePage, gzipped, kilobytes } from './testing/page-bundle.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const ORT = ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm']

/** A page with these functions of ours. */
const pageWith = (...names: string[]) =>
  bundlePage(`export { ${names.join(', ')} } from './browser-index.js'`, here)

test('what a page loads of ours to encode is 12 KB at most, with its worker; ONNX Runtime is the rest', async () => {
  const { page, worker, sourcesOf, size } = await pageWith('loadEncoder')
  const without = page(true)
  const both = new Set([...page(), ...worker()])
  expect(
    sourcesOf(both).filter((source) => /webgpu|\/devices\/|decoder|detector|forecaster/.test(source)),
  ).toEqual([])

  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve(`onnxruntime-web/${ORT[1]}`))
  const runtime = ORT.map((file) => readFileSync(join(folder, file)))
  const model = writeEncoder()
  const all = size(both) + runtime.reduce((sum, file) => sum + gzipped([file]), 0) + gzipped([model])
  console.log(
    `our JavaScript for encoding, gzip: page ${kilobytes(size(page()))}, worker ${kilobytes(size(worker()))}, ` +
      `both, what they share once: ${kilobytes(size(both))}; page without a worker ${kilobytes(size(without))}; ` +
      `all that is transferred until the first feature: ${kilobytes(all)}`,
  )
  expect(size(both)).toBeLessThanOrEqual(12 * 1024)
  expect(size(without)).toBeLessThanOrEqual(12 * 1024)
})

test('a decoder more is little more', async () => {
  const { page, size } = await pageWith('loadDecoder', 'loadEncoder')
  expect(size(page(true))).toBeLessThanOrEqual(13.5 * 1024)
})

test('nor is a forecaster, and it brings no detector', async () => {
  const { page, sourcesOf, size } = await pageWith('loadEncoder', 'loadForecaster')
  const files = page(true)
  expect(sourcesOf(files).filter((source) => /webgpu|\/devices\/|decoder|detector/.test(source))).toEqual([])
  console.log(`our JavaScript for encoding and forecasting, gzip: ${kilobytes(size(files))}`)
  expect(size(files)).toBeLessThanOrEqual(14 * 1024)
})
