import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LoadOptions } from './load.js'
import { loadEncoder } from './node.js'
import type { Progress } from './progress.js'
import { writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

const folder = mkdtempSync(join(tmpdir(), 'tempocode-'))
const path = join(folder, 'encoder.onnx')
const file = writeEncoder()
let onRequest = (_response: ServerResponse) => {}
const server = createServer(({ url }, response) => {
  if (url === '/gzip') response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(file))
  else if (url === '/whole') response.writeHead(200, { 'Content-Length': file.length }).end(file)
  else {
    response.write(file.subarray(0, 100)) // and the rest never comes
    onRequest(response)
  }
})
let origin = ''

beforeAll(async () => {
  writeFileSync(path, file)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

/** What loading says of itself, parts of a file as one. */
async function progressOf(source: string | Uint8Array, options: LoadOptions = {}): Promise<Progress[]> {
  const events: Progress[] = []
  const onProgress = (event: Progress) => {
    if (event.status === 'progress' && events.at(-1)?.status === 'progress') events.pop()
    events.push(event)
  }
  await (await loadEncoder(source, { ...options, onProgress })).dispose()
  return events
}

test('loading tells how far it has come', async () => {
  const [begin, end] = [[{ status: 'initiate' }], [{ status: 'done' }, { status: 'ready' }]]
  expect(await progressOf(file)).toEqual([...begin, ...end])
  expect(await progressOf(path, { worker: true })).toEqual([...begin, ...end])
  const url = `${origin}/whole`
  expect(await progressOf(url)).toEqual([
    ...begin,
    { status: 'download', url },
    { status: 'progress', loaded: file.length, total: file.length },
    ...end,
  ])
  const compressed = await progressOf(`${origin}/gzip`)
  expect(compressed[2]).toEqual({ status: 'progress', loaded: file.length, total: undefined })
})

test('a signal gives up loading, at whatever it has come to', async () => {
  const reason = new Error('the user has left')
  const aborted = AbortSignal.abort(reason)
  for (const source of [file, path, `${origin}/whole`])
    await expect(loadEncoder(source, { signal: aborted })).rejects.toBe(reason)

  const downloading = new AbortController()
  onRequest = () => downloading.abort(reason)
  await expect(loadEncoder(`${origin}/slow`, { signal: downloading.signal })).rejects.toBe(reason)

  for (const worker of [false, true]) {
    const opening = new AbortController()
    const onProgress = ({ status }: Progress) =>
      status === 'done' && queueMicrotask(() => opening.abort(reason))
    const options = { worker, signal: opening.signal, onProgress }
    await expect(loadEncoder(file, options)).rejects.toBe(reason)
  }
})

test.each<[object, string]>([
  [{ worker: 1 }, 'worker is a number; use true or false'],
  [{ signal: 'stop' }, 'signal is a string; use an AbortSignal'],
  [{ onProgress: 5 }, 'onProgress is a number; use a function'],
  [{ wasmPaths: '/wasm' }, 'wasmPaths are for browsers; Node has the files in onnxruntime-web'],
])('options %j are refused before the file is read', async (options, message) => {
  expect(await failure(() => loadEncoder('none.onnx', options as LoadOptions))).toMatchObject({
    code: 'option',
    message,
  })
})
