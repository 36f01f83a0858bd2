import { gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Series } from '../series.js'
import { seriesOf } from '../series-of.js'
import type { Checkpoint } from './checkpoint.js'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.js'
import { fit } from './fit.js'
import type { FitOptions } from './options.js'
import type { Run } from './run.js'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const waves = (phase = 0, columns = ['a', 'b']) =>
  seriesOf(
    Array.from({ length: 90 }, (_, t) => [100 + Math.sin(t / 3 + phase), Math.cos(t / 5)]),
    { columns },
  )
const model = (units = [4]) => lstmAutoencoder({ window: 6, columns: 2, units })
const OPTIONS: FitOptions = { epochs: 4, batchSize: 16, learningRate: 0.02, checkpointEvery: '2steps' }

/** What must be the same to the bit. */
const outcome = ({ model, epochs, bestEpoch, initialLoss, finalLoss, stopped, checkpoint }: Run) => ({
  weights: model.getWeights().map((weight) => [...weight.dataSync()]),
  epochs: epochs.map((epoch) => ({ ...epoch, seconds: 0 })),
  state: checkpoint.state,
  best: checkpoint.best,
  plateau: checkpoint.plateau,
  ...{ bestEpoch, initialLoss, finalLoss, stopped },
})

const throughFile = async (checkpoint: Checkpoint) => decodeCheckpoint(await encodeCheckpoint(checkpoint))

/** As many sequences as `waves` has windows, of 1 to 6 rows. */
const sequences = (): Series => ({
  ...waves(),
  segments: Array.from({ length: 84 }, (_, i) => ({ start: i, end: i + 1 + ((5 * i) % 6), name: `${i}` })),
})
const SIZE = { window: 6, columns: 2 }
const dropping = () => gruAutoencoder({ ...SIZE, units: [4, 3], dropout: 0.3, l1: 0.01 })
const padded = () => gruAutoencoder({ ...SIZE, units: [4], masked: true, bidirectional: true })
const composite = () =>
  lstmAutoencoder({ ...SIZE, units: [4], heads: ['reconstruction', 'prediction'], horizon: 'shifted' })

type Case = [name: string, options: FitOptions, network?: () => tf.LayersModel, series?: () => Series]
const CASES: Case[] = [
  ['onnx on cpu', { engine: 'onnx', device: 'cpu' }],
  ['onnx on cpu, rmsprop', { engine: 'onnx', device: 'cpu', optimizer: 'rmsprop', schedule: 'cosine' }],
  ['tfjs, adam', { engine: 'tfjs' }],
  ['tfjs, adamw, plateau', { engine: 'tfjs', optimizer: 'adamw', schedule: 'plateau', patience: 2 }],
  ['tfjs, sgd', { engine: 'tfjs', optimizer: 'sgd', sampleWeights: (start) => 1 + (start % 3) }],
  ['tfjs, momentum', { engine: 'tfjs', optimizer: { name: 'sgd', momentum: 0.9, nesterov: true } }],
  ['tfjs, rmsprop', { engine: 'tfjs', optimizer: { name: 'rmsprop', momentum: 0.5 }, loss: 'huber' }],
  ['onnx, dropout and noise', { engine: 'onnx', corrupt: 'gaussian:0.2' }, dropping],
  ['tfjs, dropout and noise', { engine: 'tfjs', corrupt: 'gaussian:0.2' }, dropping],
  ['onnx, padded sequences', { engine: 'onnx' }, padded, sequences],
  ['tfjs, padded sequences', { engine: 'tfjs' }, padded, sequences],
  ['onnx, a composite', { engine: 'onnx', lossWeights: { shifted_prediction: 0.3 } }, composite],
]

describe.each(CASES)('%s', (_, engine, network = model, series = waves) => {
  test('resumed from any checkpoint, training ends with the same bits', async () => {
    const options = { ...OPTIONS, ...engine }
    const checkpoints: Checkpoint[] = []
    const through = await fit(network(), series(), {
      ...options,
      onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
    })
    // 76 windows are 5 steps of an epoch: 2 4 | 1 3 5 | …
    expect(checkpoints.map(({ epochs, step }) => [epochs.length, step])).toEqual([
      ...[
        [0, 2],
        [0, 4],
        [1, 1],
        [1, 3],
        [2, 0],
      ],
      ...[
        [2, 2],
        [2, 4],
        [3, 1],
        [3, 3],
        [4, 0],
      ],
    ])
    for (const i of [1, 4, 8, 9]) {
      const resumed = await fit(network(), series(), {
        ...options,
        resume: await throughFile(checkpoints[i]),
      })
      expect(outcome(resumed)).toEqual(outcome(through))
    }
  })
})

test('a signal leaves a checkpoint from which training goes on with the same bits', async () => {
  const options: FitOptions = { ...OPTIONS, engine: 'onnx', device: 'cpu' }
  const through = await fit(model(), waves(), options)
  const stop = new AbortController()
  const seen: Checkpoint[] = []
  const stopped = await fit(model(), waves(), {
    ...options,
    signal: stop.signal,
    onProgress: ({ epoch, step }) => epoch === 2 && step >= 2 && stop.abort(),
    onCheckpoint: (checkpoint) => void seen.push(checkpoint),
  })
  expect([stopped.stopped, stopped.epochs.length, stopped.checkpoint.step]).toEqual(['signal', 1, 3])
  expect(seen.at(-1)).toEqual(stopped.checkpoint)
  const resumed = await fit(model(), waves(), { ...options, resume: seen.at(-1) })
  expect(outcome(resumed)).toEqual(outcome(through))
})

test('more epochs are those of a longer training', async () => {
  const options: FitOptions = { ...OPTIONS, engine: 'tfjs' }
  const short = await fit(model(), waves(), options)
  const longer = await fit(model(), waves(), { ...options, epochs: 6, resume: short.checkpoint })
  expect(outcome(longer)).toEqual(outcome(await fit(model(), waves(), { ...options, epochs: 6 })))
})

test('a training that was patient enough stops again at once, and goes on with more patience', async () => {
  const options: FitOptions = { ...OPTIONS, engine: 'tfjs', epochs: 30, patience: 2, learningRate: 0.5 }
  const first = await fit(model(), waves(), options)
  expect(first.stopped).toBe('patience')
  const again = await fit(model(), waves(), { ...options, resume: first.checkpoint })
  expect(outcome(again)).toEqual(outcome(first))
  const more = await fit(model(), waves(), { ...options, patience: 5, resume: first.checkpoint })
  expect(more.epochs.length).toBeGreaterThan(first.epochs.length)
})

test('the number of threads is that of the checkpoint', async () => {
  const options: FitOptions = { ...OPTIONS, engine: 'onnx', device: 'cpu', epochs: 1 }
  const { checkpoint } = await fit(model(), waves(), options)
  for (const threads of [1, 3]) {
    const resume = { ...checkpoint, engine: { ...checkpoint.engine, threads } }
    const run = await fit(model(), waves(), { ...options, epochs: 2, resume })
    expect(run.checkpoint.engine).toEqual({ name: 'onnx', device: 'cpu', threads })
  }
})

describe('what is not the same training is refused', () => {
  let checkpoint: Checkpoint
  const resume = async (options: FitOptions, series = waves(), units = [4]) =>
    fit(model(units), series, {
      ...OPTIONS,
      engine: 'tfjs',
      ...options,
      resume: await throughFile(checkpoint),
    })
  beforeAll(async () => {
    checkpoint = (await fit(model(), waves(), { ...OPTIONS, engine: 'tfjs' })).checkpoint
  })

  test.each([
    [{ batchSize: 8 }, 'option', "batchSize is 8, the checkpoint's 16"],
    [{ epochs: 3 }, 'option', "epochs is 3, the checkpoint's 4"],
    [{ engine: 'onnx' }, 'option', 'engine is "onnx", the checkpoint\'s "tfjs"'],
    [{ optimizer: 'sgd' }, 'option', 'optimizer is {"name":"sgd"}, the checkpoint\'s {"name":"adam"}'],
    [{ sampleWeights: () => 2 }, 'data', "the sample weights are not the checkpoint's"],
  ] as const)('%j', async (options, code, difference) => {
    await expect(resume(options)).rejects.toMatchObject({ code, message: `cannot resume: ${difference}` })
  })

  test('other columns, rows, layers', async () => {
    const refused = (difference: string) => ({ message: `cannot resume: ${difference}` })
    await expect(resume({}, waves(0, ['a', 'c']))).rejects.toMatchObject(
      refused("the columns are a, c, the checkpoint's a, b"),
    )
    await expect(resume({}, waves(0.1))).rejects.toMatchObject(
      refused("the training rows are not the checkpoint's"),
    )
    await expect(resume({}, waves(), [5])).rejects.toMatchObject(
      refused("units of layer 2 (LSTM) is 5, the checkpoint's 4"),
    )
    await expect(resume({}, waves(), [4, 4])).rejects.toMatchObject(
      refused("returnSequences of layer 2 (LSTM) is true, the checkpoint's false"),
    )
  })

  test('epochs, where the cosine depends on them', async () => {
    const run = await fit(model(), waves(), { ...OPTIONS, engine: 'tfjs', schedule: 'cosine' })
    const more = fit(model(), waves(), {
      ...OPTIONS,
      engine: 'tfjs',
      schedule: 'cosine',
      epochs: 5,
      resume: run.checkpoint,
    })
    await expect(more).rejects.toThrow("cannot resume: epochs is 5, the checkpoint's 4")
  })
})

test('the last good checkpoint stays when training diverges', async () => {
  const seen: Checkpoint[] = []
  const run = fit(model(), waves(), {
    ...OPTIONS,
    engine: 'onnx',
    device: 'cpu',
    optimizer: 'sgd',
    learningRate: 1e38,
    clipNorm: 0,
    checkpointEvery: '1steps',
    onCheckpoint: (checkpoint) => void seen.push(checkpoint),
  })
  await expect(run).rejects.toMatchObject({ code: 'diverged', place: { epoch: 1 } })
  for (const { state } of seen)
    for (const tensor of state.tensors) expect(tensor.every(Number.isFinite)).toBe(true)
})
