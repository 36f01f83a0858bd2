import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import type { Encoder } from '../encoder.js'
import { loadDecoder, loadEncoder } from '../node.js'
import { writeDecoder } from '../testing/decoder-file.js'
import { encoderGraph, rawValues, writeEncoder } from '../testing/encoder-file.js'
import { failure } from '../testing/failure.js'

let encoder: Encoder | undefined
afterEach(async () => {
  await encoder?.dispose()
  encoder = undefined
})

/** The thread that is started next. */
const nextWorker = () => new Promise<Worker>((resolve) => process.once('worker', resolve))

test.each(['cpu', 'wasm'] as const)('%s gives the same features in a worker', async (device) => {
  const here = await loadEncoder(writeEncoder(), { device, threads: 1 })
  encoder = await loadEncoder(writeEncoder(), { device, threads: 1, worker: true, verify: true })
  expect(encoder.device).toBe(device)
  const rows = rawValues(1200)
  expect(await encoder.encode(rows)).toEqual(await here.encode(rows))
  expect(await encoder.encodeSeries(rows)).toEqual(await here.encodeSeries(rows))
  await here.dispose()
})

test('so do a decoder’s rows', async () => {
  const here = await loadDecoder(writeDecoder())
  const there = await loadDecoder(writeDecoder(), { worker: true })
  const codes = Float32Array.of(1, 2, 3, 4, 5, 6)
  expect(await there.decode(codes)).toEqual(await here.decode(codes))
  await Promise.all([here.dispose(), there.dispose()])
})

test('a worker that dies rejects what it had, and the next call starts another', async () => {
  const first = nextWorker()
  const file = writeEncoder()
  encoder = await loadEncoder(file, { device: 'cpu', worker: true })
  const expected = await encoder.encode(rawValues(3))
  file.fill(0) // what was loaded is kept
  const second = nextWorker()
  const [died] = await Promise.all([
    failure(() => encoder!.encode(rawValues(50_000))), // many runs: it dies under way
    first.then((worker) => worker.terminate()),
  ])
  expect(died).toMatchObject({ code: 'device', message: 'the worker has ended' })
  expect(await encoder.encode(rawValues(3))).toEqual(expected)
  await (await second).terminate() // while it has nothing to do
  expect(await encoder.encode(rawValues(3))).toEqual(expected)
})

test('a call that is refused does not keep the next from its turn', async () => {
  encoder = await loadEncoder(writeEncoder(), { worker: true })
  const calls = [encoder.encode(new Float32Array(3)), encoder.encode(rawValues(1))]
  const [bad, good] = await Promise.allSettled(calls)
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'data' } })
  expect(good).toMatchObject({ status: 'fulfilled' })
})

test('what cannot be loaded leaves no worker behind, and its error keeps its code', async () => {
  const started = nextWorker()
  const nodes = encoderGraph().nodes.map((node) => ({ ...node, op: node.op === 'Div' ? 'Divide' : node.op }))
  const error = await failure(() => loadEncoder(writeEncoder({}, { nodes }), { device: 'cpu', worker: true }))
  expect(error).toMatchObject({ code: 'model', message: expect.stringContaining('Divide') })
  expect((await started).threadId).toBe(-1) // it has ended
})

test('once disposed, it refuses calls, and its worker has ended', async () => {
  const started = nextWorker()
  const disposed = await loadEncoder(writeEncoder(), { device: 'cpu', worker: true })
  await disposed.dispose()
  await disposed.dispose()
  expect((await started).threadId).toBe(-1)
  expect(await failure(() => disposed.encode(rawValues(1)))).toMatchObject({ code: 'device' })
})

test('a worker that waits for calls does not keep the process alive', () => {
  const program = `
    import { loadEncoder } from '@tempocode/runtime'
    const encoder = await loadEncoder(Buffer.from('${Buffer.from(writeEncoder()).toString('base64')}', 'base64'), { worker: true })
    console.log((await encoder.encode(new Float32Array(8))).shape.join())`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    timeout: 30_000, // it would never end
  })
  expect(`${stdout}${stderr}`).toBe('1,3\n')
})
