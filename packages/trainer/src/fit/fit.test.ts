import { TempocodeError } from '@tempocode/core'
import { lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { fit } from './fit.js'
import type { FitOptions } from './options.js'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const waves = (rows: number, size = 1) =>
  seriesOf(
    Array.from({ length: rows }, (_, t) => [100 + size * Math.sin(t / 3), size * Math.cos(t / 5)]),
    { columns: ['a', 'b'] },
  )
const small = () => lstmAutoencoder({ window: 6, columns: 2, units: [4] })
const train = (options: FitOptions = {}, rows = 80) =>
  fit(small(), waves(rows), { epochs: 3, learningRate: 0.02, ...options })

test('the loss falls, and the kept weights have the loss that is told', async () => {
  const run = await train({ epochs: 15 })
  expect(run.finalLoss).toBeLessThan(0.6 * run.initialLoss)
  expect(run.finalLoss).toBeCloseTo(Math.min(...run.epochs.map(({ validationLoss }) => validationLoss!)), 6)
})

test('the same seed gives the same weights, another seed others', async () => {
  const weights = async (seed: number) =>
    (await train({ seed })).model.getWeights().map((weight) => [...weight.dataSync()])
  const first = await weights(1)
  expect(await weights(1)).toEqual(first)
  expect(await weights(2)).not.toEqual(first)
})

test('training stops after `patience` epochs without a better loss and keeps the best weights', async () => {
  const run = await train({ epochs: 30, patience: 2, learningRate: 0.5 })
  expect(run.stopped).toBe('patience')
  expect(run.epochs.length - run.bestEpoch).toBe(2)
  expect(run.finalLoss).toBeCloseTo(run.epochs[run.bestEpoch - 1].validationLoss!, 6)
})

test('the scaler knows the training rows alone', async () => {
  const series = waves(100)
  series.values.fill(1e6, 2 * 90)
  const run = await fit(small(), series, { epochs: 1 })
  expect(run.scaler.center[0]).toBeCloseTo(100, 0)
})

test('clipping bounds the step that SGD-like gradients can take, and 0 switches it off', async () => {
  const losses = async (clipNorm: number) =>
    (await train({ clipNorm, scaler: 'none', epochs: 1 })).epochs[0].loss
  expect(await losses(1e-12)).not.toBe(await losses(0))
})

test('the learning rate follows its schedule', async () => {
  const rates = async (options: FitOptions) =>
    (await train({ epochs: 4, engine: 'tfjs', ...options })).epochs.map(({ learningRate }) => learningRate)
  const nothingLearnt = { sampleWeights: () => 0, patience: 4 }
  expect(await rates({ schedule: 'plateau', learningRate: 1, ...nothingLearnt })).toEqual([1, 1, 1, 0.5])
  const cosine = await rates({ schedule: 'cosine', learningRate: 1 }) // 3 steps in an epoch, 12 in all
  cosine.forEach((rate, i) => {
    expect(rate).toBeCloseTo((1 + Math.cos((Math.PI * (3 * i + 2)) / 12)) / 2, 12)
  })
})

test('a signal stops training and keeps what was learnt', async () => {
  const stop = new AbortController()
  const run = await train({
    epochs: 50,
    signal: stop.signal,
    onEpoch: ({ epoch }) => epoch === 2 && stop.abort(),
  })
  expect([run.stopped, run.epochs.length]).toEqual(['signal', 2])
  expect(run.encoder().length).toBeGreaterThan(1000)
})

test('progress counts every step of every epoch', async () => {
  const seen: string[] = []
  await train({
    epochs: 2,
    onProgress: ({ epoch, step, steps }) => step === steps && seen.push(`${epoch}: ${steps}`),
  })
  expect(seen).toEqual(['1: 3', '2: 3'])
})

test('numbers that overflow stop training, naming the step', async () => {
  const run = fit(small(), waves(80, 1e30), { scaler: 'none' })
  await expect(run).rejects.toMatchObject({ code: 'diverged', place: { epoch: 1, step: 1 } })
})

test.each([
  [{ epoch: 3 }, /^fit: option "epoch" is unknown; use epochs, batchSize/],
  [{ epochs: 0 }, /^epochs 0 is not allowed; use auto or a whole number above 0$/],
  [{ learningRate: -1 }, /^learningRate -1 is not allowed; use a number above 0$/],
  [{ loss: 'rmse' }, /^loss "rmse" is not allowed; use mse or mae or huber$/],
  [{ validationSplit: 1 }, /^validationSplit 1 is not allowed; use 0 to below 1$/],
  [{ schedule: 'step' }, /^schedule "step" is not allowed; use constant or cosine or plateau$/],
  [{ checkpointEvery: '0steps' }, /^checkpointEvery "0steps" is not allowed; use a whole number of epochs/],
  [{ optimizer: 'adagrad' }, /^optimizer "adagrad" is not allowed; use adam or adamw or sgd or rmsprop$/],
  [
    { optimizer: { name: 'adam', momentum: 0.9 } },
    /^momentum is not an option of optimizer adam; use beta1, /,
  ],
  [{ optimizer: { name: 'sgd', momentum: 1 } }, /^momentum 1 is not allowed; use 0 to below 1$/],
  [{ sampleWeights: new Float32Array(3) }, /^sampleWeights has 3 numbers, and the series 80 rows/],
  [{ sampleWeights: () => -1 }, /^sampleWeights gives -1 for row 0; use numbers from 0 on$/],
])('%j is refused', async (options, message) => {
  await expect(train(options as FitOptions)).rejects.toThrow(message)
})

test('a series that does not fit the model is refused', async () => {
  await expect(fit(lstmAutoencoder({ window: 6, columns: 3 }), waves(80))).rejects.toThrow(
    new TempocodeError('data', 'the series has 2 columns (a, b), the model takes 3'),
  )
})

test.each(['onnx', 'tfjs'] as const)(
  '%s: padded sequences have no rows after them to predict',
  async (engine) => {
    const prediction = { heads: ['prediction'] as const, horizon: 2, masked: true }
    const model = lstmAutoencoder({ window: 6, columns: 2, units: [4], ...prediction })
    await expect(fit(model, waves(80), { engine })).rejects.toMatchObject({
      code: 'model',
      message: expect.stringContaining('padded sequences have none'),
    })
  },
)
