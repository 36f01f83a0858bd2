// Bundles packages with esbuild: one ESM file for each entry point, other packages left outside.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './digest.js'

/** The packages that others can import: folder and entry points. */
export const published = readdirSync(join(root, 'packages')).flatMap((name) => {
  const directory = join(root, 'packages', name)
  const { exports: entries } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  if (!entries) return []
  const each = Object.values(entries).flatMap((entry) => [entry, ...(entry.browser ? [entry.browser] : [])])
  return [{ name, directory, entries: each }]
})

export const bundle = ({ directory, entries }) =>
  build({
    absWorkingDir: directory,
    entryPoints: entries.map((entry) => ({
      in: entry['@tempocode/source'] ?? entry['@tempocode/build'], // the latter: only ever run when built
      out: entry.default.replace(/^\.\/dist\//, '').replace(/\.js$/, ''),
    })),
    outdir: join(directory, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
