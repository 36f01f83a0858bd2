// Installs what the project needs and builds it: all of it after a clone, later only what has changed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildDigest, installDigest, root } from './digest.js'

const PNPM = 'pnpm@12.21.0'
const installed = join(root, 'node_modules', '.cache', 'tempocode', 'installed')
const built = join(root, 'build', 'digest')

/** @returns whether all is well; if not, the reason has been printed */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 12)) {
    console.log(`Node ${process.versions.node} is too old: Tempocode needs Node 20.12 or newer.`)
    return false
  }
  const digest = installDigest()
  if (read(installed) === digest) return true
  console.log('Installing…')
  if (!quietly('npx', ['--yes', PNPM, 'install', '--frozen-lockfile'])) return false
  mkdirSync(join(installed, '..'), { recursive: true })
  writeFileSync(installed, digest)
  return true
}

/** Builds the packages unless that has been done. */
export function build() {
  if (read(built) === buildDigest() && isWhole()) return true
  console.log('Building…')
  return quietly(process.execPath, ['scripts/build.js'])
}

/** Whether every package that is built has its output. */
function isWhole() {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))
  return packages.every((directory) => {
    const { exports: entries = {} } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
    return Object.values(entries).every((entry) => existsSync(join(directory, entry.default)))
  })
}

/** Runs a command and shows what it prints only if it fails. */
function quietly(command, args) {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, CI: '1' }, maxBuffer: 2 ** 28 }
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options,
    shell: process.platform === 'win32',
  })
  if (status === 0) return true
  console.log(`${command} ${args.join(' ')} failed:\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`)
  return false
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
