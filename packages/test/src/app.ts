import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Packed, readPackage, run, unpack } from './packed.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Where npm has put a package that one of ours depends on. */
export function installed(name: string, of: 'runtime' | 'test'): string {
  const require = createRequire(join(root, 'packages', of, 'package.json'))
  const folders = require.resolve.paths(name)!.map((folder) => join(folder, name))
  const found = folders.find((folder) => existsSync(folder))
  if (found) return found
  throw new Error(`${name} is not installed for ${of}`)
}

/**
 * Makes an example an app of its own, with our packages as they are published, and others as they are installed here.
 * @param linked packages from here
 * @returns its directory
 */
export async function makeApp(example: string, packed: Packed, linked: Record<string, string>) {
  const app = join(packed.directory, example)
  cpSync(join(root, 'examples', example), app, { recursive: true })
  await unpack(packed, app)
  for (const [name, target] of Object.entries(linked)) {
    const path = join(app, 'node_modules', name)
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(target, path, 'junction')
  }
  return app
}

/**
 * The same in a directory that is kept, where npm has installed what the example and our packages need.
 * @returns its directory, or why there is none
 */
export async function installApp(
  example: string,
  packed: Packed,
): Promise<{ app: string } | { missing: string }> {
  const from = join(root, 'examples', example)
  const app = join(root, '.cache', 'apps', example) // in no node_modules: code there is taken as it is
  const mark = join(app, 'installed')
  try {
    const dependencies = await dependenciesOf(from, packed)
    if (!existsSync(mark) || readFileSync(mark, 'utf8') !== dependencies) {
      rmSync(app, { recursive: true, force: true })
      mkdirSync(app, { recursive: true })
      writeFileSync(join(app, 'package.json'), dependencies)
      const options = { cwd: app, shell: process.platform === 'win32', maxBuffer: 2 ** 26 }
      await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], options)
      writeFileSync(mark, dependencies)
    }
  } catch (cause) {
    const lines = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')
    return { missing: `npm cannot install what examples/${example} needs: ${lines.at(-1)}` }
  }
  cpSync(from, app, { recursive: true })
  await unpack(packed, app)
  return { app }
}

/** A package.json of all that an example needs but for our own packages, which are not published yet. */
async function dependenciesOf(example: string, packed: Packed): Promise<string> {
  const own = packed.tarballs.map(({ name }) => name)
  await unpack(packed, packed.directory)
  const directories = [example, ...own.map((name) => join(packed.directory, 'node_modules', name))]
  const all = directories.flatMap((directory) => Object.entries(readPackage(directory).dependencies ?? {}))
  return JSON.stringify({ dependencies: Object.fromEntries(all.filter(([name]) => !own.includes(name))) })
}
