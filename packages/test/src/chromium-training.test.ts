import { lstmAutoencoder } from '@tempocode/models'
import { fit } from '@tempocode/trainer'
import { fineTune } from '@tempocode/trainer/fine-tune'
import { useFastTfjs } from '@tempocode/trainer/node'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startChromium } from './chromium.js'
import { bundlePage } from './chromium-bundle.js'
import type * as tuning from './chromium-fine-tuning-page.js'
import { type Served, serveFiles } from './chromium-server.js'
import type * as training from './chromium-training-page.js'
import { readWeather } from './weather.js'

const OPTIONS = { epochs: 3, stride: 12, threads: 1, device: 'wasm' } as const
let started: Awaited<ReturnType<typeof startChromium>>
let made: string[]
let run: Awaited<ReturnType<typeof fit>>
/** One for each page, because each has a script of its own. */
const sites: Record<string, Served> = {}
let page: Page

beforeAll(async () => {
  await useFastTfjs()
  const series = await readWeather()
  const model = lstmAutoencoder({ window: 24, columns: series.columns.length, units: [8, 4] })
  run = await fit(model, series, { ...OPTIONS, epochs: 1 })
  const { step, state } = run.training()
  const common = new Map<string, Uint8Array | string>([
    ['/index.html', '<!doctype html><title>Tempocode</title>'],
    ['/weather.json', JSON.stringify({ columns: series.columns, values: [...series.values] })],
    ['/rows.bin', new Uint8Array(series.values.buffer, series.values.byteOffset, series.values.byteLength)],
    ['/encoder.onnx', run.encoder()],
    ['/training.onnx', step],
    ['/state.onnx', state],
  ])
  started = await startChromium()
  if ('missing' in started) return
  for (const script of ['training', 'fine-tuning']) {
    const bundle = await bundlePage(`chromium-${script}-page.ts`)
    if (script === 'fine-tuning') made = Object.keys(bundle.made.inputs)
    sites[script] = await serveFiles(new Map([...common, ...bundle.files]))
  }
})
afterEach(async () => page?.close())
afterAll(async () => {
  for (const { server } of Object.values(sites)) server.close()
  if ('browser' in started) await started.browser.close()
})

async function open(site: string) {
  if ('missing' in started) throw new Error(started.missing)
  page = await started.browser.newPage()
  await page.goto(`${sites[site].url}/index.html`)
}

/** Calls one of a page's functions. As text: a function would be rewritten by vitest before it gets there. */
const call = (name: string) => page.evaluate(`import('/page.js').then(({ ${name} }) => ${name}())`)
const inTraining = <Name extends keyof typeof training>(name: Name) =>
  call(name) as ReturnType<(typeof training)[Name]>
const inTuning = <Name extends keyof typeof tuning>(name: Name) =>
  call(name) as ReturnType<(typeof tuning)[Name]>

test('a training that was stopped goes on after a reload, and ends with the same bits', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open('training')
  const whole = await inTraining('trainWhole')
  expect(whole.told).toEqual(whole.losses)
  expect(whole.losses.length).toBe(3)
  const { stopped, losses } = await inTraining('trainAndStop')
  expect([stopped, losses.length]).toEqual(['signal', 1])
  await page.reload()
  const { from, told, ...resumed } = await inTraining('resume')
  expect(from).toEqual({ epochs: 1, step: expect.any(Number) })
  expect(from!.step).toBeGreaterThan(0)
  expect(told).toEqual(whole.losses.slice(1))
  expect(resumed).toEqual({ stopped: 'epochs', weights: whole.weights, losses: whole.losses })
  expect(await inTraining('isDeleted')).toBe(true)
  expect(sites.training.violations).toEqual([])
})

test('a checkpoint that is none says so', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open('training')
  expect(await inTraining('isDeleted')).toBe(true)
  expect(await inTraining('loadDamaged')).toBe('checkpoint "damaged" is not a checkpoint')
})

test('from files alone, a page ends with the bits of wasm in Node, and has an encoder', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const { values } = await readWeather()
  const here = await fineTune(run.training(), values, { ...OPTIONS, seed: 3 })
  await open('fine-tuning')
  const there = await inTuning('tuneWhole')
  expect(Uint8Array.from(there.state)).toEqual(here.state)
  expect(there.losses).toEqual(here.epochs.map(({ loss, validationLoss }) => [loss, validationLoss]))
  expect(Uint8Array.from(there.encoder)).toEqual(await here.encoder(run.encoder()))

  expect(await inTuning('tuneAndStop')).toBe('signal')
  await page.reload()
  expect(await inTuning('tuneOn')).toEqual(there)
  expect(sites['fine-tuning'].violations).toEqual([])
  expect(made.filter((file) => /tfjs|protobufjs|converters/.test(file))).toEqual([])
})

test('from files alone, the page is never blocked for more than 50 ms', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open('fine-tuning')
  expect(await inTuning('blockedByTuning')).toEqual([])
})

test('while a model trains, the page is blocked by tfjs and by making the graphs alone', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  await open('training')
  const { before, during } = await inTraining('blockedByFit')
  console.log(`fit in a page blocks it for ${before.map(Math.round).join(', ')} ms before the first step`)
  expect(during).toEqual([])
})
