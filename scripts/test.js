// All checks, from a fresh clone on. Stops at the first stage that fails; the last line has the counts of the tests.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { counts } from './count-reporter.js'
import { root } from './digest.js'
import { build, install } from './install.js'

const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0
const stages = [
  ['install', install],
  ['lint', () => node('node_modules/@biomejs/biome/bin/biome', 'check', '.')],
  ['build', build],
  ['types', () => node('node_modules/typescript/bin/tsc')],
  ['arrows', () => node('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...cruise())],
]

let result = { passed: 0, failed: 1, skipped: [] }
if (stages.every(passes)) result = runTests()
for (const { name, reason } of result.skipped) console.log(`skipped: ${name}: ${reason}`)
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped`)
process.exitCode = result.failed === 0 ? 0 : 1

function passes([name, run]) {
  const begin = performance.now()
  const well = run()
  console.log(well ? `${name} ok, ${((performance.now() - begin) / 1000).toFixed(1)} s` : `${name} failed`)
  return well
}

function cruise() {
  return ['--config', '.dependency-cruiser.js', 'packages']
}

function runTests() {
  rmSync(counts, { force: true })
  const well = node(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=./scripts/count-reporter.js',
  )
  if (!existsSync(counts)) return { passed: 0, failed: 1, skipped: [] }
  const { passed, failed, skipped } = JSON.parse(readFileSync(counts, 'utf8'))
  return { passed, failed: well ? failed : Math.max(1, failed), skipped }
}
