// Builds every package: generated code, then types, then one ESM bundle for each entry point.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, published } from './bundle.js'
import { buildDigest, root } from './digest.js'

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) process.exit(1)
}

const digest = buildDigest() // now: what changes from here on is not in this build
rmSync(join(root, 'build'), { recursive: true, force: true })
run('scripts/generate.js')
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')

for (const part of published) {
  const dist = join(part.directory, 'dist')
  rmSync(dist, { recursive: true, force: true })
  cpSync(join(root, 'build', 'types', part.name, 'src'), dist, { recursive: true })
  const generated = join(part.directory, 'src', 'onnx', 'generated')
  if (existsSync(generated))
    cpSync(join(generated, 'onnx.d.ts'), join(dist, 'onnx', 'generated', 'onnx.d.ts'))
  await bundle(part)
}
writeFileSync(join(root, 'build', 'digest'), digest)
