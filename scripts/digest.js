// What a set of files holds, as one text: it tells whether they have changed.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Of files and of all that lies in directories, but for what is generated or written by a build. */
export function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesOf).sort())
    hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  const names = readdirSync(join(root, path)).filter(
    (name) => !['node_modules', 'dist', 'generated'].includes(name),
  )
  return names.flatMap((name) => filesOf(join(path, name)))
}

const packages = () => readdirSync(join(root, 'packages')).map((name) => join('packages', name))

/** What `pnpm install` depends on. */
export const installDigest = () =>
  digestOf([
    ...['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
    ...packages().map((directory) => join(directory, 'package.json')),
  ]) + process.version

/** What a build depends on. */
export const buildDigest = () =>
  digestOf([
    ...[
      'pnpm-lock.yaml',
      'tsconfig.json',
      'tsconfig.build.json',
      'scripts/build.js',
      'scripts/bundle.js',
      'scripts/generate.js',
    ],
    ...packages().flatMap((directory) => [join(directory, 'package.json'), join(directory, 'src')]),
  ])
