import { Random, TempocodeError } from '@tempocode/core'
import { denseAutoencoder, encoderOf, lstmAutoencoder, stackedAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { fit } from './fit.js'
import { pretrain } from './pretrain.js'

beforeAll(() => tf.setBackend('cpu'))

const random = new Random(0)
const rows = Array.from({ length: 300 }, (_, i) => [
  Math.sin(i / 4) + 0.05 * random.normal(),
  Math.cos(i / 7) + 0.05 * random.normal(),
])
const series = seriesOf(rows, { columns: ['a', 'b'] })
const options = { epochs: 15, batchSize: 16, learningRate: 0.005, threads: 1 }
const SIZES = { window: 6, columns: 2, units: [8, 4] }

test.each([
  ['tied', () => stackedAutoencoder(SIZES)],
  ['not tied', () => denseAutoencoder(SIZES)],
])('layers that are trained one by one start better than untrained ones: %s', async (_, build) => {
  const untrained = await fit(build(), series, { ...options, epochs: 1 })
  const model = build()
  const runs = await pretrain(model, series, options)
  expect(runs.map((run) => run.model.inputs[0].shape)).toEqual([
    [null, 6, 2],
    [null, 1, 8],
  ])
  for (const run of runs) expect(run.finalLoss).toBeLessThan(run.initialLoss / 2)
  const { initialLoss } = await fit(model, series, { ...options, epochs: 1 })
  expect(initialLoss).toBeLessThan(untrained.initialLoss / 2)
})

test('the second layer learns from the first one’s codes of scaled training windows, and gets nothing else', async () => {
  const model = stackedAutoencoder(SIZES)
  const [first, second] = await pretrain(model, series, {
    ...options,
    epochs: 1,
    scaler: 'standard',
    stride: 3,
  })
  const codes = encoderOf(first.model)
  expect(codes.layers.at(-1)?.name).toBe('encoder_1')
  expect(second.settings).toMatchObject({ scaler: 'none', stride: 1, validationSplit: 0.1 })
  const trainingRows = first.split.train[0].end
  const windows = Math.floor((trainingRows - 6) / 3) + 1
  expect(
    second.split.train[0].end + (second.split.validation[0].end - second.split.validation[0].start),
  ).toBe(windows)
})

test('the weights of each layer are those of its own training', async () => {
  const model = stackedAutoencoder(SIZES)
  const before = model.getWeights().map((weight) => [...weight.dataSync()])
  await pretrain(model, series, { ...options, epochs: 1 })
  const after = model.getWeights().map((weight) => [...weight.dataSync()])
  expect(after).toHaveLength(before.length)
  after.forEach((weight, i) => {
    expect(weight).not.toEqual(before[i])
  })
  const again = stackedAutoencoder(SIZES)
  await pretrain(again, series, { ...options, epochs: 1 })
  expect(again.getWeights().map((weight) => [...weight.dataSync()])).toEqual(after)
})

test('a network without dense layers, and an option for fit alone, are errors', async () => {
  const lstm = lstmAutoencoder({ window: 6, columns: 2, units: [4] })
  await expect(pretrain(lstm, series)).rejects.toThrow(TempocodeError)
  await expect(pretrain(lstm, series)).rejects.toThrow(/layer by layer.*encoder_1 \(LSTM\)/)
  const relative = stackedAutoencoder({ ...SIZES, relative: true })
  await expect(pretrain(relative, series)).rejects.toThrow(/takes windows as they are.*changes \(Subtract\)/)
  const resume = { ...options, resume: undefined }
  await expect(pretrain(stackedAutoencoder(SIZES), series, resume)).rejects.toThrow('resume is not allowed')
})
