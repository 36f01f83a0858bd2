import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PNPM = 'pnpm@12.21.0' // as the scripts have it
const packages = fileURLToPath(new URL('../..', import.meta.url))
export const run = promisify(execFile)

/** Packages as npm has them when they are published. */
export interface Packed {
  directory: string
  tarballs: { name: string; path: string }[]
}

/** Packs packages, by the names of their folders. */
export async function pack(folders: readonly string[]): Promise<Packed> {
  const directory = mkdtempSync(join(tmpdir(), 'tempocode-packed-'))
  const tarballs: Packed['tarballs'] = []
  for (const folder of folders) {
    const cwd = join(packages, folder)
    const args = ['--yes', PNPM, 'pack', '--json', '--pack-destination', directory]
    const { stdout } = await run('npx', args, { cwd, shell: process.platform === 'win32' })
    const { name, filename }: { name: string; filename: string } = JSON.parse(stdout)
    tarballs.push({ name, path: filename })
  }
  return { directory, tarballs }
}

/** Puts packages where npm would install them for an app in that directory. */
export async function unpack({ tarballs }: Packed, app: string): Promise<void> {
  for (const { name, path } of tarballs) {
    const target = join(app, 'node_modules', name)
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target, { recursive: true })
    await run('tar', ['-xzf', path, '-C', target, '--strip-components=1'])
  }
}

/** What a package's package.json says. */
export const readPackage = (directory: string) =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
