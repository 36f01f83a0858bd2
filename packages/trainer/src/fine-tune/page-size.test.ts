import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const worker = fileURLToPath(new URL('../../../runtime/src/worker/browser-worker.ts', import.meta.url))

/** A page's script and the worker's as an app bundles them, ONNX Runtime left outside. */
async function bundle(script: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: script, resolveDir: here, sourcefile: 'page.js' },
    entryPoints: { 'browser-worker': worker },
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
  /** The files that are loaded with an entry; in the worker, also what a session on wasm imports. */
  const loaded = (entry: string, wasm: boolean) => {
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
  return { inputs: Object.keys(metafile.inputs), contents, loaded }
}

test('what a page loads of ours to fine-tune is 30 KB at most, with its worker, and no tfjs', async () => {
  const { inputs, contents, loaded } = await bundle(
    "export { browserCheckpoints, fineTune } from './index.js'",
  )
  expect(inputs.some((file) => file.endsWith('fine-tune/fine-tune.ts'))).toBe(true)
  expect(inputs.filter((file) => /tensorflow|protobufjs|converters|models\/|duckdb/.test(file))).toEqual([])

  const size = (files: Set<string>) =>
    gzipSync(Buffer.concat([...files].map((file) => contents.get(file)!))).length
  const kilobytes = (files: Set<string>) => `${(size(files) / 1024).toFixed(1)} KB`
  const page = loaded('stdin.js', false)
  const inWorker = loaded('browser-worker.js', true)
  const both = new Set([...page, ...inWorker])
  console.log(
    `our JavaScript for fine-tuning, gzip: page ${kilobytes(page)}, worker ${kilobytes(inWorker)}, ` +
      `both, what they share once: ${kilobytes(both)}`,
  )
  expect(size(both)).toBeLessThanOrEqual(30 * 1024)
})
