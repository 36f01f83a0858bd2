import { useFastTfjs } from '@tempocode/trainer/node'
import { expect, test } from 'vitest'
import { DIGEST, ONE_THREAD, trainForDigest } from './digest-training.js'
import { readWeather } from './weather.js'

test('on wasm with one thread, a training ends with the same bits on every machine', async () => {
  await useFastTfjs()
  const { digest, engine, initialLoss, finalLoss } = await trainForDigest(await readWeather(), ONE_THREAD)
  expect(engine).toEqual({ name: 'onnx', device: 'wasm', threads: 1 })
  expect(finalLoss).toBeLessThan(initialLoss)
  expect(digest).toBe(DIGEST)
})
