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

export async function bundle({ directory, entries }) {
  const [pages, modules] = [true, false].map((isPage) =>
    entries.filter((entry) => '@tempocode/page' in entry === isPage),
  )
  await build({
    ...common(directory, modules),
    splitting: true,
    platform: 'neutral',
    packages: 'external',
  })
  if (pages.length > 0) await build({ ...common(directory, pages), ...wholePage })
}

/** For pages without a bundler: each script is one file with all that it needs, ONNX Runtime's own script included. */
const wholePage = {
  platform: 'browser',
  conditions: ['@tempocode/source'],
  minify: true,
  legalComments: 'inline',
  sourcemap: false,
}

const common = (directory, entries) => ({
  absWorkingDir: directory,
  entryPoints: entries.map((entry) => ({
    // The last two are only ever run when built.
    in: entry['@tempocode/source'] ?? entry['@tempocode/build'] ?? entry['@tempocode/page'],
    out: entry.default.replace(/^\.\/dist\//, '').replace(/\.js$/, ''),
  })),
  outdir: join(directory, 'dist'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
})
