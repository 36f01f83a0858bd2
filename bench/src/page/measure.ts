import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { startChromium } from '../../../packages/test/src/chromium.js'
import { bench } from '../paths.js'
import { ROWS } from '../rows.js'
import { median } from '../statistics.js'
import { digits, table } from '../table.js'
import type { Steps } from './page.js'

const ROW = ROWS.find(({ name }) => name === 'B32-T30-C8-64')!
const LEAST = 2000 // ms of one measurement
const FLOOR = 10

const SYSTEMS = {
  'tempocode, one thread': 'ours',
  'tempocode, two threads': 'ours',
  'tfjs, one thread': 'tfjs',
  'tfjs, its own threads': 'tfjs',
} as const
const ARGUMENT: Record<keyof typeof SYSTEMS, number | boolean> = {
  'tempocode, one thread': 1,
  'tempocode, two threads': 2,
  'tfjs, one thread': false,
  'tfjs, its own threads': true,
}

type Times = Record<keyof typeof SYSTEMS, number>

/** Milliseconds of a training step in a page that is cross-origin isolated: medians over so many rounds. */
export async function measurePage(rounds: number): Promise<Times> {
  const started = await startChromium()
  if ('missing' in started) throw new Error(started.missing)
  const { server, url } = await serve(await files())
  try {
    const times = Object.keys(SYSTEMS).map((name) => [name, [] as number[]] as const)
    for (let round = 0; round < rounds; round++) {
      for (const [name, values] of round % 2 === 0 ? times : times.toReversed())
        values.push(await timeIn(started.browser, url, name as keyof Times))
    }
    return Object.fromEntries(times.map(([name, values]) => [name, median(values)])) as Times
  } finally {
    await started.browser.close()
    server.close()
  }
}

/** In a page of its own, for tfjs takes its threads once. */
async function timeIn(browser: Browser, url: string, name: keyof Times): Promise<number> {
  const page = await browser.newPage()
  try {
    await page.goto(`${url}/index.html`)
    const system = SYSTEMS[name]
    const parameters = JSON.stringify([ROW, ARGUMENT[name], LEAST])
    const { ms, steps, isolated } = await page.evaluate<Steps>(
      `import('/page.js').then(({ ${system} }) => ${system}(...${parameters}))`,
    )
    if (!isolated) throw new Error('the page is not cross-origin isolated')
    console.error(`${name}: ${ms.toFixed(2)} ms a step, ${steps} steps`)
    return ms
  } finally {
    await page.close()
  }
}

export function pageReport(times: Times): string {
  const best = Math.min(times['tfjs, one thread'], times['tfjs, its own threads'])
  const rows = Object.entries(times).map(([name, ms]) => [name, digits(ms), digits(best / ms)])
  const reached = best / times['tempocode, one thread'] >= FLOOR
  return [
    `A training step in a cross-origin isolated page of Chromium, wasm, ${ROW.name}`,
    table(['system', 'ms', 'times as fast as the best of tfjs'], rows),
    `${reached ? 'reached' : 'MISSES'}: one thread is to be ${FLOOR} times as fast as tfjs's WASM backend`,
  ].join('\n\n')
}

/** The page's script, as bundled from what the packages ship, and the files that it asks for. */
async function files(): Promise<Map<string, Uint8Array | string>> {
  const { outputFiles } = await build({
    absWorkingDir: bench,
    entryPoints: {
      page: join(bench, 'src/page/page.ts'),
      'browser-worker': '@tempocode/runtime/browser-worker',
    },
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  })
  const files = new Map<string, Uint8Array | string>([['/index.html', '<!doctype html><title>Bench</title>']])
  for (const { path, contents } of outputFiles) files.set(`/${basename(path)}`, contents)
  const here = createRequire(join(bench, 'package.json'))
  const runtime = createRequire(join(bench, '../packages/runtime/package.json'))
  const found = [
    runtime.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
    ...['', '-simd', '-threaded-simd'].map((kind) =>
      here.resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm${kind}.wasm`),
    ),
  ]
  for (const file of found) files.set(`/${basename(file)}`, readFileSync(file))
  return files
}

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' }

/** Without a content security policy: under a strict one, tfjs's threads, which start from blobs, hang. */
async function serve(files: ReadonlyMap<string, Uint8Array | string>) {
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url)
    if (file === undefined) return response.writeHead(404).end()
    response.writeHead(200, {
      'Content-Type': TYPES[url.split('.').at(-1)!],
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
