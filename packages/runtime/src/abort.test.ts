import { expect, test } from 'vitest'
import { unlessAborted } from './abort.js'
import { loadDecoder, loadEncoder } from './node.js'
import { writeDecoder } from './testing/decoder-file.js'
import { rawValues, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

const reason = new Error('enough')
const signal = AbortSignal.abort(reason)

test('every call that computes takes a signal', async () => {
  const encoder = await loadEncoder(writeEncoder())
  const decoder = await loadDecoder(writeDecoder())
  const codes = new Float32Array(3)
  await expect(encoder.encode(rawValues(1), { signal })).rejects.toBe(reason)
  await expect(encoder.encodeSeries(rawValues(1), { signal })).rejects.toBe(reason)
  await expect(decoder.decode(codes, { signal })).rejects.toBe(reason)
  expect((await encoder.encode(rawValues(1), { signal: new AbortController().signal })).shape).toEqual([1, 3])

  const wrong: object = { signal: 'stop' }
  for (const call of [
    () => encoder.encode(rawValues(1), wrong),
    () => encoder.encodeSeries(rawValues(1), wrong),
    () => decoder.decode(codes, wrong),
  ])
    expect((await failure(call)).message).toBe('signal is a string; use an AbortSignal')
  await Promise.all([encoder.dispose(), decoder.dispose()])
})

test('what comes too late is handed over to be freed, and a failure that comes too late is nobody’s', async () => {
  const late: number[] = []
  const stop = new AbortController()
  const work = Promise.resolve(7)
  const given = unlessAborted(work, stop.signal, (value) => late.push(value))
  stop.abort(reason)
  await expect(given).rejects.toBe(reason)
  await work
  expect(late).toEqual([7])
  await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toBe(reason)
})
