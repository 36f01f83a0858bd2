import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { toOnnx } from '@tempocode/converters'
import { encoderOf, lstmAutoencoder } from '@tempocode/models'
import { loadEncoder } from '@tempocode/runtime'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installApp, installed, makeApp } from './app.js'
import { startChromium } from './chromium.js'
import { serveFiles } from './chromium-server.js'
import { type Packed, pack, readPackage, run, unpack } from './packed.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

// The examples that are pages, built from packages as npm has them, and run in Chromium.

const WASM = 'ort-wasm-simd-threaded.wasm'
const web = installed('onnxruntime-web', 'runtime')
let packed: Packed
let encoder: Uint8Array
let expected: Float32Array
let started: Awaited<ReturnType<typeof startChromium>>

beforeAll(async () => {
  await useTfjsWasm()
  encoder = toOnnx(encoderOf(lstmAutoencoder({ window: 6, columns: 2, units: [5, 3], seed: 0 })))
  const loaded = await loadEncoder(encoder, { device: 'cpu' })
  expected = (await loaded.encode(Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)))).data
  await loaded.dispose()
  packed = await pack(['core', 'runtime'])
  started = await startChromium()
})
afterAll(async () => {
  if ('browser' in started) await started.browser.close()
  rmSync(packed.directory, { recursive: true })
})

/** All files in a directory, by the paths that a server gives them. */
function filesIn(directory: string): [path: string, file: Uint8Array][] {
  const names = readdirSync(directory, { recursive: true }).map(String)
  const files = names.filter((name) => statSync(join(directory, name)).isFile())
  return files.map((name) => [`/${name.replaceAll('\\', '/')}`, readFileSync(join(directory, name))])
}

/** Opens the page that lies in a directory, beside others, and waits for what it makes of the encoder. */
async function expectFeatures(directory: string, beside: readonly string[] = [], strict = true) {
  if ('missing' in started) return
  const others = beside.map((path) => [`/${basename(path)}`, readFileSync(path)] as const)
  const files = new Map([...filesIn(directory), ...others, ['/encoder.onnx', encoder]])
  const { server, url, violations } = await serveFiles(files, { strict })
  const page = await started.browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`${url}/index.html`)
  const output = () => page.evaluate<string>("document.querySelector('output').textContent")
  await expect.poll(async () => [...errors, await output()].join(), { timeout: 30_000 }).not.toBe('')
  expect(errors).toEqual([])
  const features = (await output()).split(' ').map(Number)
  expect(features).toHaveLength(expected.length)
  expect(relativeError(features, expected)).toBeLessThanOrEqual(1e-5)
  expect(violations).toEqual([])
  await page.close()
  server.close()
}

test('a package has all files that it exports, and names the versions that it needs', async () => {
  await unpack(packed, packed.directory)
  for (const { name } of packed.tarballs) {
    const directory = join(packed.directory, 'node_modules', name)
    const { exports: entries, dependencies = {} } = readPackage(directory)
    const targets = JSON.stringify(entries).match(/\.\/dist\/[^"]+/g)!
    expect(targets.length).toBeGreaterThan(1)
    expect(targets.filter((target) => !existsSync(join(directory, target)))).toEqual([])
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  }
})

test('esbuild', async ({ skip }) => {
  const linked = { 'onnxruntime-web': web, esbuild: installed('esbuild', 'test') }
  const app = await makeApp('esbuild', packed, linked)
  await run(process.execPath, ['build.js'], { cwd: app })
  if ('missing' in started) return skip(started.missing)
  await expectFeatures(join(app, 'dist'))
})

test('Vite', async ({ skip }) => {
  const app = await makeApp('vite', packed, { 'onnxruntime-web': web, vite: installed('vite', 'test') })
  await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { cwd: app })
  if ('missing' in started) return skip(started.missing)
  await expectFeatures(join(app, 'dist'))
})

test.for([['script-tag'], ['service-worker']])('no bundler: %s', async ([example], { skip }) => {
  if ('missing' in started) return skip(started.missing)
  const app = await makeApp(example, packed, {})
  const page = join(app, 'node_modules', '@tempocode', 'runtime', 'dist', 'page')
  const scripts = ['tempocode-runtime.js', 'browser-worker.js'].map((name) => join(page, name))
  await expectFeatures(app, [...scripts, join(web, 'dist', WASM)])
})

test('Electron: the main process can be bundled', async () => {
  const app = await makeApp('electron', packed, {})
  const { metafile } = await build({
    absWorkingDir: app,
    entryPoints: ['main.js'],
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['electron', 'onnxruntime-*'],
    metafile: true,
    logLevel: 'error',
  })
  const [{ imports }] = Object.values(metafile.outputs)
  expect(imports.map(({ path }) => path)).toContain('onnxruntime-node')
})

test('Next.js', async ({ skip }) => {
  const installing = await installApp('nextjs', packed)
  if ('missing' in installing) return skip(installing.missing)
  const { app } = installing
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const }
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { cwd: app, env })
  if ('missing' in started) return skip(started.missing)
  await expectFeatures(join(app, 'out'), [], false) // its pages have scripts inside, which the policy forbids
}, 300_000)
