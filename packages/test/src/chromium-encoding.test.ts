import { toForecasterOnnx, toOnnx, toStreamOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, lstmAutoencoder } from '@tempocode/models'
import { type LoadOptions, loadEncoder } from '@tempocode/runtime'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startChromium, WEBGPU } from './chromium.js'
import { bundlePage } from './chromium-bundle.js'
import type * as functions from './chromium-encoding-page.js'
import { type Served, serveFiles } from './chromium-server.js'
import { forecasterFile } from './random-forecaster-files.js'
import { randomModel, relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

const MODELS = 30
const MANY = 10_000 // windows, that take seconds
const files = new Map<string, Uint8Array | string>()
const expected: Float32Array[] = []
let started: Awaited<ReturnType<typeof startChromium>>
let served: Served
let page: Page
let forecaster: ReturnType<typeof forecasterFile>

beforeAll(async () => {
  await useTfjsWasm()
  for (let seed = 0; seed < MODELS; seed++) await addModel(seed)
  const large = lstmAutoencoder({ window: 24, columns: 8, units: [64, 32], seed: 0 })
  files.set('/large.onnx', toOnnx(encoderOf(large)))
  files.set('/large.stream.onnx', toStreamOnnx(encoderOf(large)))
  forecaster = forecasterFile('all of that, and an encoder with masking')
  files.set('/forecaster.onnx', toForecasterOnnx(forecaster.model, forecaster.options))
  files.set('/index.html', '<!doctype html><title>Tempocode</title>')
  started = await startChromium(WEBGPU)
  if ('missing' in started) return
  for (const [path, file] of (await bundlePage('chromium-encoding-page.ts')).files) files.set(path, file)
  served = await serveFiles(files)
})
afterEach(async () => page?.close())
afterAll(async () => {
  served?.server.close()
  if ('browser' in started) await started.browser.close()
})

/** A random model's file, its rows, and what Node's CPU makes of them. */
async function addModel(seed: number) {
  const { model, columns, rows } = randomModel(seed)
  const random = new Random(seed, 'scaler')
  const perColumn = (value: () => number) => Array.from({ length: columns }, () => Math.fround(value()))
  const center = perColumn(() => 10 * random.normal())
  const scale = perColumn(() => 0.1 + 10 * random.uniform())
  const file = toOnnx(encoderOf(model), { scaler: { kind: 'standard', center, scale } })
  const raw = rows.map((value, i) => center[i % columns] + scale[i % columns] * value)
  files.set(`/${seed}.onnx`, file)
  files.set(`/${seed}.bin`, new Uint8Array(raw.buffer))
  const encoder = await loadEncoder(file, { device: 'cpu' })
  expected.push((await encoder.encode(raw)).data)
  await encoder.dispose()
  model.dispose()
}

async function open({ url } = served) {
  if ('missing' in started) throw new Error(started.missing)
  page = await started.browser.newPage()
  await page.goto(`${url}/index.html`)
}

/** Calls one of the page's functions. As text: a function would be rewritten by vitest before it gets there. */
const inPage = <Name extends keyof typeof functions>(
  name: Name,
  ...args: Parameters<(typeof functions)[Name]>
): ReturnType<(typeof functions)[Name]> =>
  page.evaluate(
    `import('/page.js').then(({ ${name} }) => ${name}(...${JSON.stringify(args)}))`,
  ) as ReturnType<(typeof functions)[Name]>

test.for<[string, LoadOptions]>([
  ['wasm, one thread, in a worker', { device: 'wasm', threads: 1, worker: true }],
  ['wasm, two threads', { device: 'wasm', threads: 2 }],
  ['webgpu', { device: 'webgpu' }],
])(`${MODELS} random models give the features of Node’s CPU: %s`, async ([, options], { skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const features = await inPage('encodeModels', MODELS, options)
  const errors = features.map((values, i) => relativeError(values, expected[i]))
  expect(errors).toHaveLength(MODELS)
  for (const error of errors) expect(error).toBeLessThanOrEqual(1e-5)
})

test.for<[string, LoadOptions]>([
  ['wasm, two threads', { device: 'wasm', threads: 2, worker: true }],
  ['webgpu', { device: 'webgpu', worker: true }],
])('so do they in a worker: %s', async ([, options], { skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  for (const [i, values] of (await inPage('encodeModels', 3, options)).entries())
    expect(relativeError(values, expected[i])).toBeLessThanOrEqual(1e-5)
})

test('a stream runs in a worker, too', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const { pushed, encoded } = await inPage('streamWindow', '/large.onnx')
  expect(pushed).toHaveLength(32)
  expect(relativeError(pushed, encoded)).toBeLessThanOrEqual(1e-5)
  // ONNX Runtime's threads sleep when the worker that started them ends, and Chromium gives them two seconds to wake up.
  await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBe(0)
})

test.for<[string, LoadOptions]>([
  ['wasm, in a worker', { device: 'wasm', threads: 1, worker: true }],
  ['webgpu', { device: 'webgpu' }],
])('a forecaster gives tfjs’s forecasts: %s', async ([, options], { skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const { values, end, group, expected, batch } = forecaster
  const given = await inPage('forecast', '/forecaster.onnx', { rows: [...values], end, group }, options)
  expect(given).toMatchObject({ device: options.device, shape: [batch, 4, 2] })
  for (const name of ['forecast', 'lower', 'upper'] as const)
    expect(relativeError(given[name], expected()[name])).toBeLessThanOrEqual(1e-5)
})

test('a page that is isolated uses several threads, and one that is not says so once', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const cores = await page.evaluate<number>('navigator.hardwareConcurrency')
  const threads = Math.min(4, cores) - 1 // beside the page's own
  expect(await inPage('load', '/0.onnx')).toEqual({ device: 'wasm', isolated: true, threads })
  await page.close()

  const plain = await serveFiles(files, { isolated: false })
  await open(plain)
  const said: string[] = []
  page.on('console', (message) => message.type() === 'warning' && said.push(message.text()))
  for (const options of [{ worker: true }, { worker: true }, {}, { threads: 1 }])
    expect(await inPage('load', '/0.onnx', options)).toMatchObject({ isolated: false, threads: 0 })
  expect(await inPage('encodeWindows', 2)).toEqual([2, expected[0].length / randomModel(0).batch])
  expect(said).toEqual([expect.stringContaining('the page is not cross-origin isolated')])
  plain.server.close()
})

test('the page is not blocked while a worker encodes, and is without one', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  expect(await inPage('blockedBy', '/large.onnx', MANY, true)).toEqual([])
  expect((await inPage('blockedBy', '/large.onnx', MANY, false)).length).toBeGreaterThan(0)
})

test.for<[string, string, string]>([
  ['is killed', 'close()', 'the worker has ended'],
  ['fails', 'setTimeout(() => { throw new Error("no more") })', 'the worker failed: Uncaught Error: no more'],
])(
  'a worker that %s rejects what it had, and the next call starts another',
  async ([, how, message], { skip }) => {
    if ('missing' in started) return skip(started.missing)
    await open()
    await inPage('load', '/large.onnx', { worker: true, threads: 1 })
    const [first] = page.workers()
    const encoding = inPage('encodeWindows', MANY).catch((cause: Error) => cause.message)
    const ending = first.evaluate(how).catch(() => {}) // it may not live to answer
    expect(await encoding).toContain(message)
    await ending
    expect(await inPage('encodeWindows', 2)).toEqual([2, 32])
    expect(page.workers()).toHaveLength(1)
    await inPage('dispose')
    await expect.poll(() => page.workers()).toEqual([])
  },
)

test('a signal ends a call, and the next one works', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  expect(await inPage('abortEncoding', '/large.onnx', MANY)).toEqual({
    message: 'no longer needed',
    shape: [1, 32],
  })
})

test('loading tells how far it has come', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const events = await inPage('progressOf', '/large.onnx')
  const total = files.get('/large.onnx')!.length
  const parts = events.filter(({ status }) => status === 'progress')
  expect(parts.at(-1)).toEqual({ status: 'progress', loaded: total, total })
  expect(events.filter((event) => !parts.includes(event))).toEqual([
    { status: 'initiate' },
    { status: 'download', url: '/large.onnx' },
    { status: 'done' },
    { status: 'ready' },
  ])
})

test('wasmPaths says where ONNX Runtime’s files and the worker are', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const moved = new Map(files)
  for (const [path, file] of files) if (/\.(js|wasm)$/.test(path)) moved.set(`/parts${path}`, file)
  for (const path of files.keys()) if (/worker\.js$|\.wasm$/.test(path)) moved.delete(path)
  const site = await serveFiles(moved)
  const parts = { wasm: 'parts/ort-wasm-simd-threaded.wasm', worker: 'parts/browser-worker.js' }
  for (const options of [{ wasmPaths: '/parts' }, { wasmPaths: parts, worker: true }]) {
    await open(site)
    await inPage('load', '/large.onnx', options)
    expect(await inPage('encodeWindows', 2)).toEqual([2, 32])
    await page.close()
  }
  await open(site)
  await expect(inPage('load', '/0.onnx', { worker: true })).rejects.toThrow(
    'browser-worker.js, cannot be loaded',
  )
  await expect(inPage('load', '/0.onnx')).rejects.toThrow('device "wasm" is not available')
  expect(site.violations).toEqual([])
  site.server.close()
})

test('1,000 loads and disposals hold no more memory than ten, and workers end', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  const devtools = await page.context().newCDPSession(page)
  const bytes = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage')
    return usedSize + backingStorageSize + (await inPage('wasmMemory'))
  }
  await inPage('loadAndDispose', '/large.onnx', 10, { threads: 1 })
  const first = await bytes()
  await inPage('loadAndDispose', '/large.onnx', 990, { threads: 1 })
  const last = await bytes()
  console.log(`memory after 10 and 1,000 loads: ${first} and ${last} bytes`)
  expect(last).toBeLessThanOrEqual(1.1 * first)

  await inPage('loadAndDispose', '/large.onnx', 20, { worker: true, threads: 1 })
  await expect.poll(() => page.workers()).toEqual([])
  expect(await bytes()).toBeLessThanOrEqual(1.1 * first)
})

test('pages and workers ask for nothing that the strictest policy forbids', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open()
  expect(await inPage('load', '/large.onnx', { worker: true })).toMatchObject({ device: 'wasm' })
  expect(served.violations).toEqual([])
  const [worker] = page.workers()
  const elsewhere = (host: string) => `fetch('https://${host}.example/').catch(() => {})`
  await page.evaluate(elsewhere('page')) // what is against it is reported
  await worker.evaluate(elsewhere('worker'))
  await expect
    .poll(() => served.violations)
    .toEqual([
      { directive: 'connect-src', blocked: 'https://page.example/' },
      { directive: 'connect-src', blocked: 'https://worker.example/' },
    ])
})
