import { expect, test } from 'vitest'
import { ChunkedSession, windowsPerRun } from './chunked-session.js'
import { createSession } from './node.js'
import type { Session } from './session.js'
import { rawValues, writeEncoder } from './testing/encoder-file.js'

test('a run holds 512 windows, and fewer if they are large', () => {
  expect([1, 48, 2 ** 14, 2 ** 22, 2 ** 30].map(windowsPerRun)).toEqual([512, 512, 256, 1, 1])
})

test('a signal rejects at once, and windows whose turn has not come are not run', async () => {
  const session = await createSession(writeEncoder(), 'cpu')
  const stop = new AbortController()
  const reason = new Error('enough')
  let runs = 0
  const counted: Session = {
    device: session.device,
    inputs: session.inputs,
    outputs: session.outputs,
    release: () => session.release(),
    run(feeds) {
      if (++runs === 2) stop.abort(reason)
      return session.run(feeds)
    },
  }
  const chunked = new ChunkedSession(counted, 'encoder', 2, [{ name: 'features', shape: [3] }])
  const feeds = (first: number, end: number) => ({
    input: { data: rawValues(10).subarray(first * 8, end * 8), shape: [end - first, 4, 2] },
  })
  await expect(chunked.run(10, feeds, stop.signal)).rejects.toBe(reason)
  expect(runs).toBe(2)
  await expect(chunked.run(10, feeds, stop.signal)).rejects.toBe(reason)
  expect(runs).toBe(2)
  expect((await chunked.run(10, feeds)).features).toHaveLength(30)
  expect(runs).toBe(7)
  await chunked.dispose()
})
