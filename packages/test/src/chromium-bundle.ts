import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const runtime = createRequire(new URL('../../runtime/package.json', import.meta.url))

/** What onnxruntime-web fetches for wasm, and for webgpu. */
const BUILDS = ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.asyncify.wasm']

/**
 * Bundles a page's script and the runtime's worker as an app would: from what the packages ship.
 * @returns the files by their paths on the server, the page's script as /page.js, and what they were made of
 */
export async function bundlePage(
  script: string,
): Promise<{ files: Map<string, Uint8Array | string>; made: Metafile }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: { page: script, 'browser-worker': '@tempocode/runtime/browser-worker' },
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'warning',
    // What is built imports parts that not all of it needs, and they may be left out; of what npm installed it says nothing.
    logOverride: { 'ignored-bare-import': 'silent' },
  })
  const files = new Map<string, Uint8Array | string>()
  for (const { path, contents } of outputFiles) files.set(`/${basename(path)}`, contents)
  for (const build of BUILDS) {
    const wasm = runtime.resolve(`onnxruntime-web/${build}`)
    files.set(`/${basename(wasm)}`, await readFile(wasm))
  }
  return { files, made: metafile }
}
