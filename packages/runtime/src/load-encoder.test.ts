import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LoadOptions } from './load.js'
import { loadEncoder } from './node.js'
import type { Source } from './source.js'
import { encoderGraph, rawValues, testMetadata, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { writeModel } from './testing/onnx-writer.js'

const folder = mkdtempSync(join(tmpdir(), 'tempocode '))
const path = join(folder, 'encoder.onnx')
const server = createServer((request, response) => {
  if (request.url === '/encoder.onnx') response.end(writeEncoder())
  else response.writeHead(404).end()
})
let origin = ''

beforeAll(async () => {
  writeFileSync(path, writeEncoder())
  writeFileSync(join(folder, 'empty.onnx'), '')
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const buffer = () => {
  const bytes = writeEncoder()
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}

test.each<[string, () => Source]>([
  ['a path', () => path],
  ['a file URL as text', () => pathToFileURL(path).href],
  ['a file URL', () => pathToFileURL(path)],
  ['an http URL as text', () => `${origin}/encoder.onnx`],
  ['an http URL', () => new URL('/encoder.onnx', origin)],
  ['bytes', () => writeEncoder()],
  ['bytes within others', () => new Uint8Array([1, ...writeEncoder(), 2]).subarray(1, -1)],
  ['an ArrayBuffer', buffer],
])('loads %s', async (_, source) => {
  const encoder = await loadEncoder(source(), { verify: true })
  expect(encoder.device).toBe('cpu')
  expect((await encoder.encode(rawValues(1))).shape).toEqual([1, 3])
  await encoder.dispose()
})

test.each<[string, () => unknown, string, string]>([
  ['a missing file', () => join(folder, 'none.onnx'), 'file', 'none.onnx cannot be read: ENOENT'],
  ['a folder', () => folder, 'file', 'cannot be read: EISDIR'],
  ['an empty file', () => join(folder, 'empty.onnx'), 'file', 'empty.onnx is empty'],
  ['no bytes', () => new Uint8Array(), 'file', 'the file is empty'],
  ['a missing page', () => `${origin}/none.onnx`, 'file', '/none.onnx cannot be read: HTTP 404 Not Found'],
  ['no server', () => 'http://127.0.0.1:1/a.onnx', 'file', 'http://127.0.0.1:1/a.onnx cannot be read: '],
  ['a URL that names no file', () => 'file:///%00', 'file', 'cannot be read: '],
  ['a number', () => 5, 'option', 'source is a number; use a path, URL, Uint8Array or ArrayBuffer'],
  ['nothing', () => undefined, 'option', 'source is undefined; use a path'],
])('%s is refused', async (_, source, code, message) => {
  const error = await failure(() => loadEncoder(source() as Source))
  expect(error.code).toBe(code)
  expect(error.message).toContain(message)
})

test.each<[object, string]>([
  [
    { devise: 'cpu' },
    'option "devise" is unknown; use device, worker, verify, signal, onProgress, threads, wasmPaths, cuda',
  ],
  [{ device: 'gpu' }, 'device "gpu" is unknown; use one of auto, cpu, cuda, wasm'],
  [{ verify: 'yes' }, 'verify is a string; use true or false'],
  [{ threads: 0 }, 'threads 0 is not allowed; use a whole number above 0'],
])('options %j are refused before the file is read', async (options, message) => {
  const error = await failure(() => loadEncoder('none.onnx', options as LoadOptions))
  expect(error).toMatchObject({ code: 'option', message })
})

test('options that are no object are refused', async () => {
  const options: unknown = null
  expect((await failure(() => loadEncoder(path, options as LoadOptions))).message).toBe(
    'options are null; use an object of device, worker, verify, signal, onProgress, threads, wasmPaths, cuda',
  )
})

const input = { name: 'input', dims: ['batch', 4, 2] }
const output = { name: 'features', dims: ['batch', 3] }
const due = 'by its metadata it must be input: float32[batch, 4, 2]'
test.each<[string, object, string]>([
  [
    'another window',
    { inputs: [{ ...input, dims: ['b', 5, 2] }] },
    `its input is input: float32[b, 5, 2]; ${due}`,
  ],
  [
    'a fixed batch',
    { inputs: [{ ...input, dims: [1, 4, 2] }] },
    `its input is input: float32[1, 4, 2]; ${due}`,
  ],
  ['another name', { inputs: [{ ...input, name: 'x' }] }, `its input is x: float32[batch, 4, 2]; ${due}`],
  ['another type', { inputs: [{ ...input, type: 11 }] }, `its input is input: float64[batch, 4, 2]; ${due}`],
  ['no shape', { inputs: [{ name: 'input' }] }, `its input is input: float32[…]; ${due}`],
  ['no input', { inputs: [] }, `its input is missing; ${due}`],
  [
    'two inputs',
    { inputs: [input, { name: 'h', dims: [1] }] },
    `its input is input: float32[batch, 4, 2] and h: float32[1]; ${due}`,
  ],
  [
    'other features',
    { outputs: [{ ...output, dims: ['batch', 2] }] },
    'its output is features: float32[batch, 2]',
  ],
  ['another output', { outputs: [{ ...output, name: 'code' }] }, 'it must be features: float32[batch, 3]'],
])('a graph with %s than its metadata say is refused', async (_, graph, message) => {
  const error = await failure(() => loadEncoder(writeEncoder({}, graph)))
  expect(error.code).toBe('model')
  expect(error.message).toContain(message)
})

test('what is no encoder of ours is refused by its name', async () => {
  const other = join(folder, 'other.onnx')
  writeFileSync(other, writeModel(encoderGraph()))
  expect(await failure(() => loadEncoder(other))).toMatchObject({
    code: 'model',
    message: `${other}: not a Tempocode file: its metadata lack tempocode.format`,
    place: { file: other },
  })
  writeFileSync(other, '<!doctype html>')
  expect(await failure(() => loadEncoder(other))).toMatchObject({
    code: 'model',
    message: `${other} is not an ONNX model: wire type 4 is not allowed (byte 0)`,
  })
})

test.each(['auto', 'cpu', 'wasm'] as const)('a graph that cannot run is refused on %s', async (device) => {
  const broken = join(folder, 'broken.onnx')
  const nodes = encoderGraph().nodes.map((node) => ({ ...node, op: node.op === 'Div' ? 'Divide' : node.op }))
  writeFileSync(broken, writeEncoder({}, { nodes }))
  const error = await failure(() => loadEncoder(broken, { device }))
  expect(error).toMatchObject({ code: 'model', place: { file: broken } })
  expect(error.message).toContain(`${broken}: ${device === 'wasm' ? 'wasm' : 'cpu'} cannot load the model: `)
  expect(error.message).toContain('Divide')
})

test.each(['cpu', 'wasm'] as const)('a golden output that is altered fails on %s', async (device) => {
  const { golden } = testMetadata()
  const largest = Math.max(...golden.output.data.map(Math.abs))
  golden.output.data[1] += 0.5 * largest
  const altered = writeEncoder({ golden })
  const error = await failure(() => loadEncoder(altered, { device, verify: true }))
  expect(error.code).toBe('verification')
  expect(error.message).toMatch(
    new RegExp(`^${device} is off by 0\\.\\d+ of the golden output's largest value; 0\\.00001 is allowed$`),
  )
  const encoder = await loadEncoder(altered, { device })
  expect((await encoder.verify()).error).toBeGreaterThan(0.2)
  await encoder.dispose()
})

test('features that are NaN fail the golden pair', async () => {
  const nan = { dims: [2], data: Float32Array.of(Number.NaN, 0) }
  const constants = { ...encoderGraph().constants, center: nan }
  const error = await failure(() => loadEncoder(writeEncoder({}, { constants }), { verify: true }))
  expect(error).toMatchObject({ code: 'verification' })
  expect(error.message).toContain('cpu is off by NaN')
})

test('a golden output of zeros is met by zeros alone', async () => {
  const { golden } = testMetadata()
  const zeros = { ...golden.output, data: new Float32Array(6) }
  const weights = { dims: [2, 3], data: new Float32Array(6) }
  const constants = { ...encoderGraph().constants, weights }
  const same = await loadEncoder(writeEncoder({ golden: { ...golden, output: zeros } }, { constants }), {
    verify: true,
  })
  expect((await same.verify()).error).toBe(0)
  await same.dispose()
  const other = writeEncoder({ golden: { ...golden, output: zeros } })
  expect((await failure(() => loadEncoder(other, { verify: true }))).message).toContain('is off by Infinity')
})

test('any mutation or truncation of a file is loaded or refused', async () => {
  const bytes = writeEncoder()
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
  const seen = { loaded: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 3 }), fc.nat(4 * bytes.length), async (changes, end) => {
      const mutant = bytes.slice(0, end)
      for (const [at, byte] of changes) mutant[at] = byte
      try {
        const encoder = await loadEncoder(mutant, { device: 'cpu', threads: 1 })
        await encoder.encode(rawValues(1))
        await encoder.dispose()
        seen.loaded++
      } catch (error) {
        expect(error).toMatchObject({
          name: 'TempocodeError',
          code: expect.stringMatching(/^(model|file|data|device)$/),
        })
        seen.refused++
      }
    }),
    { seed: 4, numRuns: 500 },
  )
  expect(seen.loaded).toBeGreaterThan(50)
  expect(seen.refused).toBeGreaterThan(50)
})
