import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium } from './chromium.js'
import { bundlePage } from './chromium-bundle.js'
import type { PlainSeries, train } from './chromium-page.js'
import { serveFiles } from './chromium-server.js'
import { DIGEST, type DigestTraining, ONE_THREAD, TWO_THREADS, trainForDigest } from './digest-training.js'
import { readWeather } from './weather.js'

let started: Awaited<ReturnType<typeof startChromium>>
let bundle: Awaited<ReturnType<typeof bundlePage>>
let served: Awaited<ReturnType<typeof serveFiles>>

beforeAll(async () => {
  started = await startChromium()
  bundle = await bundlePage('chromium-page.ts')
  const { columns, values } = await readWeather()
  const series: PlainSeries = { columns, values: [...values] }
  bundle.files.set('/index.html', '<!doctype html><title>Tempocode</title>')
  bundle.files.set('/weather.json', JSON.stringify(series))
  served = await serveFiles(bundle.files)
})
afterAll(async () => {
  served?.server.close()
  if (started && 'browser' in started) await started.browser.close()
})

test('a bundle for browsers holds nothing that is for Node alone', () => {
  const inputs = Object.keys(bundle.made.inputs)
  expect(inputs.filter((file) => /onnxruntime-web/.test(file)).sort()).toEqual([
    expect.stringContaining('ort.wasm.bundle.min.mjs'),
    expect.stringContaining('ort.webgpu.bundle.min.mjs'), // loaded by whoever asks for webgpu
  ])
  expect(
    inputs.filter((file) => /onnxruntime-node|duckdb|runtime\/dist\/(index|node-worker)\.js/.test(file)),
  ).toEqual([])
  const imports = Object.values(bundle.made.outputs).flatMap(({ imports }) => imports)
  expect(imports.filter(({ external }) => external)).toEqual([])
})

/** Trains in a page of its own, and counts the workers that the page starts. */
async function trainInChromium({ browser }: { browser: Browser }, how: DigestTraining, site = served.url) {
  const page = await browser.newPage()
  let workers = 0
  page.on('worker', () => workers++)
  await page.goto(`${site}/index.html`)
  // As text: a function would be rewritten by vitest before it gets there.
  const call = `import('/page.js').then(({ train }) => train('/weather.json', ${JSON.stringify(how)}))`
  const training = await page.evaluate<Awaited<ReturnType<typeof train>>>(call)
  return { training, workers }
}

test('in Chromium, on wasm with one thread, a training ends with the same bits as in Node', async ({
  skip,
}) => {
  if ('missing' in started) return skip(started.missing)
  const { training, workers } = await trainInChromium(started, ONE_THREAD)
  expect(workers).toBe(1)
  expect(training).toMatchObject({
    isolated: true,
    engine: { name: 'onnx', device: 'wasm', threads: 1 },
    digest: DIGEST,
  })
  expect(training.finalLoss).toBeLessThan(training.initialLoss)
})

test('so does one that two workers share', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const here = await trainForDigest(await readWeather(), TWO_THREADS)
  const { training, workers } = await trainInChromium(started, TWO_THREADS)
  expect(workers).toBe(2)
  expect(training).toEqual({ ...here, isolated: true })
})

test('a worker whose script is not there is an error that says so', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const others = [...bundle.files].filter(([path]) => path !== '/browser-worker.js')
  const { server, url } = await serveFiles(new Map(others))
  await expect(trainInChromium(started, ONE_THREAD, url)).rejects.toThrow(
    'the worker failed: its script, browser-worker.js, cannot be loaded',
  )
  server.close()
})
