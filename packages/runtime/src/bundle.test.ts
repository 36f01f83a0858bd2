import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeEncoder } from './testing/encoder-file.js'

// The package as it is shipped, in plain Node, beside the bindings that are installed there
const INSTALLED = { both: ['node', 'web'], cpu: ['node'], wasm: ['web'], none: [], broken: [] }

const folder = mkdtempSync(join(tmpdir(), 'tempocode-'))
const here = fileURLToPath(new URL('.', import.meta.url))
const modules = join(here, '..', 'node_modules')

beforeAll(async () => {
  writeFileSync(join(folder, 'encoder.onnx'), writeEncoder())
  for (const [name, bindings] of Object.entries(INSTALLED)) {
    await build({
      entryPoints: [join(here, 'index.ts')],
      outfile: join(folder, name, 'index.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      conditions: ['@tempocode/source'],
      external: ['onnxruntime-*', 'node:*'],
      logLevel: 'warning',
    })
    mkdirSync(join(folder, name, 'node_modules'))
    for (const binding of bindings) link(join(modules, `onnxruntime-${binding}`), name)
  }
  // onnxruntime-web without its wasm files, as a bundler may leave it
  for (const file of ['package.json', 'dist/ort.node.min.mjs']) {
    cpSync(
      join(modules, 'onnxruntime-web', file),
      join(folder, 'broken', 'node_modules', 'onnxruntime-web', file),
    )
  }
  link(join(realpathSync(join(modules, 'onnxruntime-web')), '..', 'onnxruntime-common'), 'broken')
})
afterAll(() => rmSync(folder, { recursive: true }))

const link = (target: string, name: string) =>
  symlinkSync(target, join(folder, name, 'node_modules', basename(target)), 'junction')

/** What a program prints, errors and warnings too, that loads the encoder with these options. */
function load(installed: string, options: object): string {
  const program = `
    import { loadEncoder } from './index.mjs'
    const encoder = await loadEncoder('../encoder.onnx', ${JSON.stringify(options)})
      .catch(({ code, message }) => console.log(code, message))
    if (encoder) console.log(encoder.device, (await encoder.encode(new Float32Array(8))).shape.join())`
  const file = join(folder, installed, 'program.mjs')
  writeFileSync(file, program)
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
    cwd: join(folder, installed),
    encoding: 'utf8',
  })
  return `${stdout}${stderr}${status}`
}

test.each([
  ['auto', 'both', 'cpu'],
  ['cpu', 'both', 'cpu'],
  ['wasm', 'both', 'wasm'],
  ['cpu', 'cpu', 'cpu'], // imports no binding but its own
  ['wasm', 'wasm', 'wasm'],
  ['auto', 'wasm', 'wasm'],
])(
  'device %s with bindings for %s takes %s, prints nothing of its own and ends',
  (device, installed, taken) => {
    expect(load(installed, { device })).toBe(`${taken} 1,3\n0`)
  },
)

test('threads on wasm do not keep the process alive', () => {
  expect(load('both', { device: 'wasm', threads: 2 })).toBe('wasm 1,3\n0')
})

test('a device that is named and not available is an error, as is auto without any', () => {
  const cpu = /device "cpu" is not available: Cannot find package 'onnxruntime-node'/
  const wasm = /device "wasm" is not available: Cannot find package 'onnxruntime-web'/
  expect(load('wasm', { device: 'cpu' })).toMatch(cpu)
  expect(load('cpu', { device: 'wasm' })).toMatch(wasm)
  const auto = load('none', {})
  expect(auto).toMatch(/^device ..\/encoder.onnx: /)
  expect(auto).toMatch(cpu)
  expect(auto).toMatch(wasm)
})

test('a binding that does not start is a device that is not available', () => {
  const started = /^device ..\/encoder.onnx: device "wasm" is not available: no available backend.*ort-wasm/
  expect(load('broken', { device: 'wasm' })).toMatch(started)
})
