import { afterEach, expect, test, vi } from 'vitest'
import type { LoadOptions } from './load.js'
import { availableDevices, createSession, loadEncoder } from './node.js'
import { encoderGraph, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import type { Node } from './testing/onnx-writer.js'

afterEach(() => vi.unstubAllEnvs())

/** Refused by cuda, which has no kernel for it. */
const det: Node = { op: 'Det', inputs: ['features'], outputs: ['det'] }

test.each<[LoadOptions, string]>([
  [{ device: 'cuda', threads: 2 }, 'threads are for cpu and wasm, and the device is cuda'],
  [{ device: 'cpu', cuda: {} }, 'option "cuda" is for cuda, and the device is cpu'],
  [{ cuda: { deviceId: -1 } }, 'cuda.deviceId -1 is not allowed; use a whole number from 0 on'],
  [{ cuda: { deviceId: 0.5 } }, 'cuda.deviceId 0.5 is not allowed; use a whole number from 0 on'],
  [{ cuda: JSON.parse('{"tf32": 1}') }, 'cuda.tf32 is a number; use true or false'],
  [{ cuda: JSON.parse('{"gpuMemoryLimit": 1}') }, 'option "gpuMemoryLimit" is unknown; use deviceId, tf32'],
])('options %j are refused before the file is read', async (options, message) => {
  expect(await failure(() => loadEncoder('none.onnx', options))).toMatchObject({ code: 'option', message })
})

test('a device of browsers is refused in Node', async () => {
  const message = 'device "webgpu" is not available on this platform; use one of'
  for (const load of [
    () => loadEncoder('none.onnx', { device: 'webgpu' }),
    () => createSession(writeEncoder(), 'webgpu'),
  ]) {
    const error = await failure(load)
    expect(error.code).toBe('device')
    expect(error.message).toContain(message)
  }
})

test('what cuda does not run is refused by the node, and auto goes on to the next device', async () => {
  const file = writeEncoder({}, { nodes: [...encoderGraph().nodes, det] })
  const error = await failure(() => loadEncoder(file, { device: 'cuda' }))
  expect(error).toMatchObject({
    code: 'device',
    message: 'cuda does not run node det (Det): cuda has no kernel for Det',
    place: { node: 'det' },
  })
  const loadable = writeEncoder()
  const encoder = await loadEncoder(loadable, { threads: 1, cuda: { deviceId: 99 } }) // there is no such GPU
  expect(encoder.device).toBe('cpu')
  await encoder.dispose()
})

test('a GPU that is not there is a device that is not available, each time', async () => {
  for (const _ of [1, 2]) {
    const error = await failure(() => createSession(writeEncoder(), 'cuda', { cuda: { deviceId: 99 } }))
    expect(error.code).toBe('device')
    expect(error.message).toMatch(/^device "cuda" is not available: /)
  }
})

test('cuda has TF32 or not, for a whole process', async () => {
  vi.stubEnv('NVIDIA_TF32_OVERRIDE', '')
  await failure(() => createSession(writeEncoder(), 'cuda', { cuda: { deviceId: 99 } }))
  expect(process.env.NVIDIA_TF32_OVERRIDE).toBe('0')
  const error = await failure(() => createSession(writeEncoder(), 'cuda', { cuda: { tf32: true } }))
  expect(error.message).toBe('cuda already runs with tf32 false; true would need a new process')
})

test('training needs nothing but what npm installs', () => {
  expect(availableDevices).toEqual(['cpu', 'wasm'])
})
