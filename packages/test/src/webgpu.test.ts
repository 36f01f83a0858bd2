import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { toForecasterOnnx } from '@tempocode/converters'
import { placement, type Tensor } from '@tempocode/runtime'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium, WEBGPU } from './chromium.js'
import { bundlePage } from './chromium-bundle.js'
import { serveFiles } from './chromium-server.js'
import { conforms } from './conformance.js'
import { CASES, deviceCases } from './device-cases.js'
import { feedsOf } from './encoder-features.js'
import { operatorCases } from './operator-cases.js'
import { profile } from './profile.js'
import { FORECASTER_FILES, forecasterFile } from './random-forecaster-files.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'
import type * as functions from './webgpu-page.js'

const require = createRequire(new URL('../../runtime/package.json', import.meta.url))
const ORT = 'ort.webgpu.bundle.min.mjs'

let started: Awaited<ReturnType<typeof startChromium>>
let served: Awaited<ReturnType<typeof serveFiles>>
let page: Page
const requests: string[] = []

beforeAll(async () => {
  await useTfjsWasm()
  started = await startChromium(WEBGPU)
  if ('missing' in started) return
  const { files } = await bundlePage('webgpu-page.ts')
  const ort = dirname(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'))
  files.set(`/${ORT}`, await readFile(join(ort, ORT)))
  files.set('/index.html', '<!doctype html><title>Tempocode</title>')
  served = await serveFiles(files)
  page = await started.browser.newPage()
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))
  await page.goto(`${served.url}/index.html`)
})
afterAll(async () => {
  served?.server.close()
  if ('browser' in started) await started.browser.close()
})

const plain = (file: Uint8Array, feeds: Record<string, Tensor> = {}): functions.Plain => ({
  file: Buffer.from(file).toString('base64'),
  feeds: Object.fromEntries(
    Object.entries(feeds).map(([name, { data, shape }]) => {
      const type =
        data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : ('int64' as const)
      return [name, { type, data: Array.from(data, Number), shape }]
    }),
  ),
})

/** Calls one of the page's functions. As text: a function would be rewritten by vitest before it gets there. */
const inPage = <Name extends keyof typeof functions>(
  name: Name,
  ...args: Parameters<(typeof functions)[Name]>
): ReturnType<(typeof functions)[Name]> =>
  page.evaluate(
    `import('/page.js').then(({ ${name} }) => ${name}(...${JSON.stringify(args)}))`,
  ) as ReturnType<(typeof functions)[Name]>

test('auto takes wasm, and webgpu is fetched by whoever asks for it', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const [{ operators }] = deviceCases()
  expect(await inPage('verify', plain(operators), 'auto')).toMatchObject({ device: 'wasm' })
  expect(requests.filter((path) => path.includes('asyncify'))).toEqual([])
  const { device, error, tolerance } = await inPage('verify', plain(operators), 'webgpu')
  expect(device).toBe('webgpu')
  expect(error).toBeLessThanOrEqual(tolerance)
  expect(requests.filter((path) => path.includes('asyncify'))).toEqual([
    '/ort-wasm-simd-threaded.asyncify.wasm',
  ])
})

test.for(Object.entries(operatorCases))(
  'the table is right about %s',
  async ([, { file, feeds }], { skip }) => {
    if ('missing' in started) return skip(started.missing)
    const refused = placement(file, 'webgpu')
    if (refused.length === 0) {
      const { outputs, nodes } = await inPage('profile', plain(file, feeds))
      expect(new Set(nodes.map(({ provider }) => provider))).toEqual(new Set(['WebGpu']))
      const { outputs: expected } = await profile(file, 'cpu', feeds)
      outputs.forEach((output, i) => {
        expect(relativeError(output, expected[i])).toBeLessThanOrEqual(1e-5)
      })
      await inPage('run', plain(file, feeds), 'webgpu')
      return
    }
    const ran = await inPage('profile', plain(file, feeds)).catch(() => undefined)
    if (ran) expect(ran.nodes).toContainEqual({ operator: refused[0].operator, provider: 'CPU' })
    await expect(inPage('run', plain(file, feeds), 'webgpu')).rejects.toThrow(
      `webgpu does not run node ${refused[0].node} (${refused[0].operator}): ${refused[0].reason}`,
    )
  },
)

test('encoders of every kind give tfjs’s features on webgpu, by nodes that run there', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const { operators, plain: loops } = await conforms('webgpu', async (file, windows) => {
    const { features } = await inPage('run', plain(file, feedsOf(windows)), 'webgpu')
    if (windows.shape[0] === 1) {
      const { nodes } = await inPage('profile', plain(file, feedsOf(windows)))
      expect(new Set(nodes.map(({ provider }) => provider))).toEqual(new Set(['WebGpu']))
    }
    return features
  })
  expect(operators).toBe(CASES)
  expect(loops).toBeLessThan(CASES) // those with Scan do not run there
})

test.for(Object.keys(FORECASTER_FILES))(
  'forecasters give tfjs’s forecasts on webgpu, by nodes that run there: %s',
  async (kind, { skip }) => {
    if ('missing' in started) return skip(started.missing)
    const { model, options, feeds, expected } = forecasterFile(kind)
    const file = plain(toForecasterOnnx(model, options), feeds())
    const { first, low, ...due } = expected()
    const given = await inPage('run', file, 'webgpu')
    expect(Object.keys(given)).toEqual(Object.keys(due))
    for (const [name, values] of Object.entries(due))
      expect(relativeError(given[name], values), name).toBeLessThanOrEqual(1e-5)
    const { nodes } = await inPage('profile', file)
    expect(new Set(nodes.map(({ provider }) => provider))).toEqual(new Set(['WebGpu']))
  },
)
