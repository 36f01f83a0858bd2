import { forecaster, lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { fit } from '../fit/fit.js'
import type { FitOptions } from '../fit/options.js'
import { seriesOf } from '../series-of.js'
import type { Task } from './engine.js'
import { tfjsEngine } from './tfjs.js'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const model = () => lstmAutoencoder({ window: 6, columns: 2, units: [4, 3] })
const series = seriesOf(
  Array.from({ length: 60 }, (_, t) => [3 * Math.sin(t / 3), 100 + Math.cos(t / 5)]),
  { columns: ['a', 'b'] },
)
const train = (options: FitOptions) => fit(model(), series, { epochs: 4, batchSize: 10, ...options })

const CASES: [name: string, options: FitOptions][] = [
  ['mse, adam', {}],
  ['mae, adamw', { loss: 'mae', optimizer: { name: 'adamw', weightDecay: 0.1 }, learningRate: 0.01 }],
  ['huber, sgd', { loss: 'huber', optimizer: 'sgd', learningRate: 0.5 }],
  ['momentum', { optimizer: { name: 'sgd', momentum: 0.9 }, learningRate: 0.05 }],
  ['nesterov', { optimizer: { name: 'sgd', momentum: 0.9, nesterov: true }, learningRate: 0.05 }],
  ['rmsprop', { optimizer: 'rmsprop' }],
  ['rmsprop with momentum', { optimizer: { name: 'rmsprop', rho: 0.8, momentum: 0.5 }, schedule: 'cosine' }],
  ['masking', { corrupt: 'masking:0.3', learningRate: 0.01 }],
  ['gaussian', { corrupt: 'gaussian:0.5', learningRate: 0.01 }],
  ['salt and pepper', { corrupt: 'salt-and-pepper:0.2', scaler: 'minmax' }],
  ['sample weights', { sampleWeights: (start) => start % 4, learningRate: 0.01 }],
  ['plateau', { schedule: 'plateau', patience: 2, optimizer: 'sgd', learningRate: 4 }],
]

test.each(CASES)('%s: both engines tell the same losses', async (_, options) => {
  const [onnx, tfjs] = [
    await train({ ...options, engine: 'onnx', device: 'cpu' }),
    await train({ ...options, engine: 'tfjs' }),
  ]
  expect(tfjs.epochs.length).toBe(4)
  tfjs.epochs.forEach((theirs, i) => {
    const ours = onnx.epochs[i]
    expect(Math.abs(ours.loss / theirs.loss - 1)).toBeLessThan(1e-4)
    expect(Math.abs(ours.validationLoss! / theirs.validationLoss! - 1)).toBeLessThan(1e-4)
    expect(ours.learningRate).toBe(theirs.learningRate)
  })
})

test.each<FitOptions>([{ loss: 'mae' }, { lossWeights: { prediction: 2, quantile_5: 0.5 } }])(
  'a forecaster: both engines tell the same losses, and come to the same forecasts: %j',
  async (options) => {
    const build = () =>
      forecaster({ window: 8, columns: 2, horizon: 3, intervals: 0.9, dropout: 0.2, units: [4], recent: 4 })
    const windows = tf.tensor3d([[0, 1, 2, 3, 4, 5, 6, 7].map((t) => [t / 4, -t / 8])])
    const runs = await Promise.all(
      (['onnx', 'tfjs'] as const).map(async (engine) => {
        const common: FitOptions = {
          epochs: 4,
          batchSize: 10,
          learningRate: 0.01,
          validationSplit: 0.3,
          engine,
          device: 'cpu',
        }
        const { epochs, model } = await fit(build(), series, { ...common, ...options })
        const outputs = model.predict(windows) as tf.Tensor[]
        return { epochs, forecasts: outputs.map((output) => [...output.dataSync()]) }
      }),
    )
    const [onnx, tfjs] = runs
    tfjs.epochs.forEach((theirs, i) => {
      expect(Math.abs(onnx.epochs[i].loss / theirs.loss - 1)).toBeLessThan(1e-4)
      expect(Math.abs(onnx.epochs[i].validationLoss! / theirs.validationLoss! - 1)).toBeLessThan(1e-4)
    })
    tfjs.forecasts.flat().forEach((value, i) => {
      expect(onnx.forecasts.flat()[i]).toBeCloseTo(value, 4)
    })
    const [prediction, low, high] = tfjs.forecasts
    expect(prediction).not.toEqual(build().predict(windows))
    expect(low).not.toEqual(high)
  },
)

test.each(['onnx', 'tfjs'] as const)(
  '%s: windows of weight 0 teach nothing, others as they weigh',
  async (engine) => {
    const weightsOf = async (sampleWeights?: FitOptions['sampleWeights']) => {
      const options: FitOptions = {
        engine,
        optimizer: 'sgd',
        clipNorm: 0,
        learningRate: 0.1,
        epochs: 1,
        batchSize: 100,
      }
      const run = await train({ ...options, sampleWeights })
      return run.model.getWeights().flatMap((weight) => [...weight.dataSync()])
    }
    const change = async (sampleWeights?: FitOptions['sampleWeights']) =>
      (await weightsOf(sampleWeights)).map((weight, i) => weight - none[i])
    const none = await weightsOf(() => 0)
    expect(none).toEqual(
      model()
        .getWeights()
        .flatMap((weight) => [...weight.dataSync()]),
    )
    const [all, twice, even, odd] = [
      await change(),
      await change(new Float32Array(60).fill(2)),
      await change((start) => Number(start % 2 === 0)),
      await change((start) => start % 2),
    ]
    expect(Math.max(...all.map(Math.abs))).toBeGreaterThan(1e-3)
    all.forEach((whole, i) => {
      expect(twice[i]).toBeCloseTo(2 * whole, 6)
      expect(even[i] + odd[i]).toBeCloseTo(whole, 6)
    })
  },
)

test('adamw decays weights beside adam’s step', async () => {
  const weights = async (optimizer: FitOptions['optimizer']) =>
    (await train({ engine: 'tfjs', optimizer, epochs: 1, batchSize: 100, learningRate: 0.1 })).model
      .getWeights()
      .map((weight) => [...weight.dataSync()])
  const plain = await weights('adam')
  const decayed = await weights({ name: 'adamw', weightDecay: 0.5 })
  model()
    .getWeights()
    .forEach((weight, i) => {
      weight.dataSync().forEach((before, k) => {
        expect(decayed[i][k]).toBeCloseTo(plain[i][k] - 0.1 * 0.5 * before, 6)
      })
    })
})

test('the tfjs engine leaves no tensors behind', async () => {
  const task: Task = {
    model: model(),
    values: series.values,
    columns: 2,
    window: 6,
    scaler: { kind: 'none', center: [0, 0], scale: [1, 1] },
    loss: 'mse',
    optimizer: { name: 'adamw' },
    clipNorm: 1,
    batchSize: 4,
  }
  const before = tf.memory().numTensors
  const engine = tfjsEngine(task)
  await engine.train([{ starts: Int32Array.of(1, 2, 3), learningRate: 0.01 }])
  const state = await engine.state()
  await engine.restore(state)
  expect(await engine.state()).toEqual(state)
  await engine.evaluate({ starts: Int32Array.of(1, 2, 3, 4, 5) })
  await engine.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test.each(['onnx', 'tfjs'] as const)('%s: frozen layers keep their weights to the bit', async (engine) => {
  const frozen = model()
  frozen.getLayer('encoder_1').trainable = false
  const weights = () =>
    frozen.layers.map((layer) => layer.getWeights().flatMap((weight) => [...weight.dataSync()]))
  const before = weights()
  await fit(frozen, series, { epochs: 2, batchSize: 10, engine })
  const changed = weights().map((values, i) => values.some((value, k) => value !== before[i][k]))
  expect(changed).toEqual([false, false, true, false, true, true, true])
})

test('what only training has is not left out in silence: the onnx engine refuses it, tfjs honours it', async () => {
  const regularized = () => {
    const kernelRegularizer = tf.regularizers.l2({ l2: 0.1 })
    const layers = [
      tf.layers.inputLayer({ inputShape: [6, 2] }),
      tf.layers.dense({ name: 'only', units: 2, kernelInitializer: 'ones', kernelRegularizer }),
    ]
    return tf.sequential({ layers })
  }
  await expect(fit(regularized(), series, { epochs: 1, engine: 'onnx' })).rejects.toMatchObject({
    code: 'unsupported',
    message: 'layer only (Dense): kernelRegularizer cannot be trained by ONNX',
  })
  const { epochs, warnings } = await fit(regularized(), series, { epochs: 1, learningRate: 1e-9 })
  expect(warnings[0]).toMatch(/kernelRegularizer cannot be trained by ONNX; training with tfjs instead/)
  expect(epochs[0].loss - epochs[0].validationLoss!).toBeGreaterThan(0.1 * 4 * 0.9) // 0.1 · Σ w², of four ones
})

test.each([
  ['auto', 'device', /cuda|tf32/],
  [2, 'option', /^threads 2 are for cpu and wasm, and the device is cuda$/],
] as const)('cuda that is asked for is cuda, or refused: threads %s', async (threads, code, message) => {
  const options = { engine: 'auto', device: 'cuda', threads } as const
  // where there is a GPU, the first of the two trains
  const failed = await train(options).then(
    () => undefined,
    (cause) => cause,
  )
  if (failed || threads === 2) expect(failed).toMatchObject({ code, message: expect.stringMatching(message) })
})
