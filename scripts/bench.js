// Measures speed beside that of peers; see bench/README.md.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './digest.js'
import { build, install } from './install.js'

const ENTRIES = [
  'main',
  'compiling',
  'epoch',
  'forecasting/forecast-seed',
  'quality/ecg5000-seed',
  'quality/nab-seed',
  'quality/skab-seed',
  'running/session-time',
  'running/wrapper',
  'systems/encoder',
  'systems/matmul',
  'systems/tempocode',
  'systems/tfjs',
]

if (!install() || !build()) process.exit(1)

const { bundle } = await import('./bundle.js') // needs what has just been installed
const directory = join(root, 'bench')
rmSync(join(directory, 'dist'), { recursive: true, force: true })
const entries = ENTRIES.map((name) => ({
  '@tempocode/source': `./src/${name}.ts`,
  default: `./dist/${name}.js`,
}))
await bundle({ directory, entries })
const { status } = spawnSync(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
