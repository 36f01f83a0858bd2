import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const worker = fileURLToPath(new URL('../worker/browser-worker.ts', import.meta.url))

/** The scripts of a page and of its worker, in files that may be shared or loaded late. */
export interface PageBundle {
  /** The names of the files that the page's script loads; with `wasm`, also those that a session on it imports. */
  page(wasm?: boolean): Set<string>
  /** Those that the worker's script loads with a session on wasm. */
  worker(): Set<string>
  /** All source files that were read, even those of which nothing is left. */
  sources: string[]
  /** Those that these files are made of. */
  sourcesOf(files: Iterable<string>): string[]
  /** Bytes of these files, gzipped as one. */
  size(files: Iterable<string>): number
}

/**
 * Bundles a page's script and the worker's as an app does, ONNX Runtime left outside.
 * @param script imports from `folder`
 */
export async function bundlePage(script: string, folder: string): Promise<PageBundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: script, resolveDir: folder, sourcefile: 'page.js' },
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

  function loaded(entry: string, wasm: boolean): Set<string> {
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

  return {
    page: (wasm = false) => loaded('stdin.js', wasm),
    worker: () => loaded('browser-worker.js', true),
    sources: Object.keys(metafile.inputs),
    sourcesOf: (files) => [...files].flatMap((file) => Object.keys(outputs.get(file)!.inputs)),
    size: (files) => gzipped([...files].map((file) => contents.get(file)!)),
  }
}

/** Bytes of these files, gzipped as one. */
export const gzipped = (files: Uint8Array[]): number => gzipSync(Buffer.concat(files)).length

export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`
