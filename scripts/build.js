// Builds every package: generated code, then types, then one ESM bundle for each entry point.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules', '.bin', name)
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })

run(process.execPath, ['scripts/generate.js'])
rmSync(join(root, 'build'), { recursive: true, force: true })
run(bin('tsc'), ['-p', 'tsconfig.build.json'])

for (const name of readdirSync(join(root, 'packages'))) {
  const directory = join(root, 'packages', name)
  const { exports: entries } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  if (!entries) continue
  const dist = join(directory, 'dist')
  rmSync(dist, { recursive: true, force: true })
  cpSync(join(root, 'build', 'types', name, 'src'), dist, { recursive: true })
  const generated = join(directory, 'src', 'onnx', 'generated')
  if (existsSync(generated)) cpSync(join(generated, 'onnx.d.ts'), join(dist, 'onnx', 'generated', 'onnx.d.ts'))
  await build({
    absWorkingDir: directory,
    entryPoints: Object.values(entries).map((entry) => ({
      in: entry['@tempocode/source'],
      out: entry.default.replace(/^\.\/dist\//, '').replace(/\.js$/, ''),
    })),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}
