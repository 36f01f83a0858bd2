import { afterEach, expect, test, vi } from 'vitest'
import { createSession } from './node.js'
import { rawValues, reference, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

afterEach(() => vi.unstubAllGlobals())

const feeds = { input: { data: rawValues(50), shape: [50, 4, 2] } }
const run = async (threads?: number) => {
  const session = await createSession(writeEncoder(), 'wasm', { threads })
  const { features } = await session.run(feeds)
  await session.release()
  return features.data
}

test('the first session fixes the threads; without shared memory there is one', async () => {
  vi.stubGlobal('SharedArrayBuffer', undefined)
  expect(await failure(() => run(2))).toMatchObject({
    code: 'device',
    message: 'threads 2 are not available on wasm without SharedArrayBuffer (cross-origin isolation); use 1',
  })
  vi.unstubAllGlobals()

  const expected = reference(feeds.input.data)
  for (const threads of [2, undefined, 2]) {
    const features = await run(threads)
    features.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 4)
    })
  }

  expect(await failure(() => run(1))).toMatchObject({
    code: 'device',
    message: 'wasm already runs with threads 2; 1 would need a new process or page',
  })
})
