import { Random } from '@tempocode/core'
import { lstmAutoencoder } from '@tempocode/models'
import { type FitOptions, fit, fitSettings, openEngine, seriesOf } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { testEngine } from './engine-cases.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const useWasm = () => tf.setBackend('wasm')
testEngine('tfjs on wasm', { engine: 'tfjs', device: 'auto' }, useWasm)
testEngine('onnx on cpu', { engine: 'onnx', device: 'cpu' }, useWasm)
testEngine('onnx on wasm', { engine: 'onnx', device: 'wasm' }, useWasm)

describe.each(['cpu', 'wasm'] as const)('threads on %s that share each batch', (device) => {
  // enough work that two threads are worth it; see the trainer's planThreads
  const [window, columns, batchSize, rows] = [24, 2, 48, 200]
  const random = new Random(0, 'threads')
  const values = Float32Array.from({ length: rows * columns }, () => random.normal())
  const batches = [batchSize, batchSize, 47, 1].map((count) => ({
    starts: Int32Array.from({ length: count }, () => random.below(rows - window + 1)),
    learningRate: 0.01,
  }))

  async function train(threads: number) {
    const model = lstmAutoencoder({ window, columns, units: [32] })
    const scaler = { kind: 'none' as const, center: [0, 0], scale: [1, 1] }
    const settings = { ...fitSettings({ clipNorm: 0.1, batchSize }), threads }
    const task = { ...settings, model, values, columns, window, scaler }
    const engine = await openEngine(task, 'onnx', device, () => {})
    try {
      const results = await engine.train(batches)
      return { results, state: await engine.state() }
    } finally {
      await engine.dispose()
    }
  }

  test('make the same steps as one, and the same bits each time', async () => {
    const [one, two] = [await train(1), await train(2)]
    for (const key of ['loss', 'norm'] as const) {
      const [ours, theirs] = [two, one].map(({ results }) => results.map((result) => result[key]))
      expect(relativeError(ours, theirs), key).toBeLessThan(1e-5)
    }
    two.state.tensors.forEach((tensor, i) => {
      expect(relativeError(tensor, one.state.tensors[i])).toBeLessThan(1e-4)
    })
    expect(two).not.toEqual(one) // else the work was not shared
    expect(await train(2)).toEqual(two)
  })
})

describe('a model with a layer that has no lowering', () => {
  beforeAll(() => tf.setBackend('cpu')) // on wasm, tfjs itself cannot train a Conv1D

  const model = () =>
    tf.sequential({
      layers: [
        tf.layers.conv1d({ name: 'conv', inputShape: [6, 2], filters: 3, kernelSize: 3, padding: 'same' }),
        tf.layers.lstm({ name: 'code', units: 3 }),
        tf.layers.repeatVector({ name: 'repeat', n: 6 }),
        tf.layers.dense({ name: 'reconstruction', units: 2 }),
      ],
    })
  const series = seriesOf(
    Array.from({ length: 40 }, (_, t) => [Math.sin(t / 3), Math.cos(t / 5)]),
    { columns: ['a', 'b'] },
  )
  const train = (options: FitOptions) => fit(model(), series, { epochs: 1, validationSplit: 0, ...options })

  test('is trained by tfjs under auto, which says so', async () => {
    const told: string[] = []
    const run = train({ engine: 'auto', onWarning: (warning) => told.push(warning) })
    const { engine, warnings, initialLoss, finalLoss } = await run
    expect(engine).toBe('tfjs')
    expect(warnings).toEqual([expect.stringMatching(/layer conv .*Conv1D.*training with tfjs instead/)])
    expect(told).toEqual(warnings)
    expect(finalLoss).toBeLessThan(initialLoss)
  })

  test('is an error under onnx', async () => {
    await expect(train({ engine: 'onnx' })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('conv'),
      place: { layer: 'conv' },
    })
  })
})
