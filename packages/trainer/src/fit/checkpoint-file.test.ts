import { beforeAll, describe, expect, test } from 'vitest'
import type { Checkpoint } from './checkpoint.js'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.js'
import { fitSettings } from './options.js'
import { plannedSettings } from './settings.js'

const state = { step: 7, tensors: [Float32Array.of(1, -0, 1e-45), new Float32Array(0), Float32Array.of(0.1)] }
const checkpoint: Checkpoint = {
  settings: plannedSettings(fitSettings({ optimizer: { name: 'sgd', momentum: 0.9 } }), 100),
  columns: ['pressure', 'Δp'],
  layers: [{ class: 'LSTM', options: { units: 4 } }],
  data: { training: 'a', validation: '', windows: 'b', weights: '' },
  engine: { name: 'onnx', device: 'cpu', threads: 2 },
  initialLoss: 0.1,
  state,
  best: { epoch: 1, loss: 1 / 3, state },
  plateau: { rate: 0.001, waited: 1 },
  epochs: [{ epoch: 1, loss: 0.5, validationLoss: 1 / 3, learningRate: 0.001, seconds: 2 }],
  step: 3,
  sum: 0.1 + 0.2,
  seconds: 1,
  details: { source: 'pump.csv' },
}
let bytes: Uint8Array
beforeAll(async () => {
  bytes = await encodeCheckpoint(checkpoint)
})

test('what is read is what was written, and equal states stay one', async () => {
  const read = await decodeCheckpoint(bytes)
  expect(read).toEqual(checkpoint)
  expect(read.best!.state.tensors[0]).toBe(read.state.tensors[0])
  expect(await encodeCheckpoint(read)).toEqual(bytes)
})

test('without a best epoch there is none', async () => {
  const { best, ...rest } = checkpoint
  expect((await decodeCheckpoint(await encodeCheckpoint(rest))).best).toBeUndefined()
})

describe('refused', () => {
  const refused = (bytes: Uint8Array) => expect(decodeCheckpoint(bytes, 'out/train/checkpoint')).rejects
  const file = 'out/train/checkpoint'

  test('any byte that is changed', async () => {
    for (let i = 0; i < bytes.length; i += 7) {
      const damaged = bytes.with(i, bytes[i] ^ 0x10)
      await refused(damaged).toMatchObject({ code: 'file', place: { file } })
    }
  })

  test('any part of it, and more', async () => {
    for (const length of [0, 8, 47, 48, 100, bytes.length - 1])
      await refused(bytes.slice(0, length)).toMatchObject({ code: 'file' })
    await refused(Uint8Array.of(...bytes, 0)).toThrow(/^out\/train\/checkpoint is damaged or not whole/)
  })

  test('other files and versions, by name', async () => {
    await refused(new Uint8Array(100)).toThrow('out/train/checkpoint is not a checkpoint')
    await refused(bytes.with(8, 2)).toThrow('is a checkpoint of version 2; this is for version 1')
  })
})
