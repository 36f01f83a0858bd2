import {
  denseAutoencoder,
  encoderOf,
  gruAutoencoder,
  lstmAutoencoder,
  stackedAutoencoder,
} from '@tempocode/models'
import { loadEncoder, readMetadata, readModel, rewriteModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Checkpoint } from '../fit/checkpoint.js'
import { decodeCheckpoint, encodeCheckpoint } from '../fit/checkpoint-file.js'
import type { Epoch } from '../fit/course.js'
import { fit } from '../fit/fit.js'
import type { FitOptions } from '../fit/options.js'
import type { Series } from '../series.js'
import { seriesOf } from '../series-of.js'
import { fineTune } from './fine-tune.js'
import type { FineTuneOptions } from './options.js'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const rows = (phase = 0) =>
  Array.from({ length: 90 }, (_, t) => [100 + Math.sin(t / 3 + phase), Math.cos(t / 5)])
const waves = (phase = 0, columns = ['a', 'b']) => seriesOf(rows(phase), { columns })
/** As many sequences as `waves` has windows, of 1 to 6 rows. */
const sequences = (): Series => ({
  ...waves(),
  segments: Array.from({ length: 84 }, (_, i) => ({ start: i, end: i + 1 + ((5 * i) % 6), name: `${i}` })),
})

const SIZE = { window: 6, columns: 2 }
const lstm = () => lstmAutoencoder({ ...SIZE, units: [4, 3] })
const dropping = () => gruAutoencoder({ ...SIZE, units: [4, 3], dropout: 0.3, l1: 0.01 })
const padded = () => gruAutoencoder({ ...SIZE, units: [4], masked: true, bidirectional: true })
const composite = () =>
  lstmAutoencoder({ ...SIZE, units: [4], heads: ['reconstruction', 'prediction'], horizon: 3 })
const conditional = () => lstmAutoencoder({ ...SIZE, units: [4], conditional: true })
const oldGru = () => gruAutoencoder({ ...SIZE, units: [4], resetAfter: false })
const dense = () => denseAutoencoder({ ...SIZE, units: [5, 3] })
const tied = () => stackedAutoencoder({ ...SIZE, units: [5, 3] })

/** What is inside the file, and what is said anew. */
interface Case {
  name: string
  network?: () => tf.LayersModel
  series?: () => Series
  inside?: FitOptions
  /** Whether no rows are held out, so that the scaler saw all of them. */
  all?: boolean
  options?: FineTuneOptions
}
const CASES: Case[] = [
  { name: 'an LSTM' },
  { name: 'an LSTM on wasm', options: { device: 'wasm' } },
  { name: 'a schedule, and all rows', all: true, options: { schedule: 'cosine', stride: 2 } },
  { name: 'sample weights', options: { sampleWeights: (start) => 1 + (start % 3) } },
  {
    name: 'a composite with loss weights, and Huber',
    network: composite,
    inside: { lossWeights: { prediction: 0.3 }, loss: 'huber', optimizer: 'rmsprop', clipNorm: 0.3 },
  },
  { name: 'dropout, a sparse code and noise', network: dropping, inside: { corrupt: 'gaussian:0.2' } },
  {
    name: 'noise that is switched off',
    inside: { corrupt: 'masking:0.3', optimizer: 'sgd' },
    options: { corrupt: 'none' },
  },
  { name: 'padded sequences', network: padded, series: sequences },
  { name: 'a conditional decoder', network: conditional },
  { name: 'a GRU that resets before', network: oldGru, inside: { scaler: 'minmax' } },
  { name: 'dense layers', network: dense, inside: { scaler: 'none' } },
  { name: 'tied dense layers', network: tied, inside: { optimizer: 'adamw' } },
]
const FIRST: FitOptions = { epochs: 2, batchSize: 16, learningRate: 0.02, seed: 1, threads: 1 }
const AGAIN: FineTuneOptions = { epochs: 3, batchSize: 16, learningRate: 0.01, seed: 2, threads: 1 }

const withoutTime = (epochs: readonly Epoch[]) => epochs.map((epoch) => ({ ...epoch, seconds: 0 }))
const throughFile = async (checkpoint: Checkpoint) => decodeCheckpoint(await encodeCheckpoint(checkpoint))
const withoutMetadata = (bytes: Uint8Array) =>
  rewriteModel(bytes, { valuesOf: () => undefined, metadata: {} })

async function trained({ network = lstm, series = waves, inside, all }: Omit<Case, 'name'> = {}) {
  const model = network()
  const run = await fit(model, series(), { ...FIRST, ...inside, ...(all && { validationSplit: 0 }) })
  return { model, files: run.training(), encoder: run.encoder(), plain: run.encoder('plain') }
}

describe.each(CASES)('$name', ({ network, series = waves, inside, all, options: given }) => {
  const options = { ...given, ...(all && { validationSplit: 0 }) }
  test('a file ends with the bits that fit ends with', async () => {
    const { model, files, encoder, plain } = await trained({ network, series, inside, all })
    const tuned = await fineTune(files, series(), { ...AGAIN, ...options })
    const run = await fit(model, series(), { ...inside, ...AGAIN, ...options })

    expect(withoutTime(tuned.epochs)).toEqual(withoutTime(run.epochs))
    expect(tuned).toMatchObject({
      settings: { ...run.settings, engine: 'onnx' },
      split: run.split,
      bestEpoch: run.bestEpoch,
      initialLoss: run.initialLoss,
      finalLoss: run.finalLoss,
      stopped: run.stopped,
      checkpoint: { state: run.checkpoint.state, best: run.checkpoint.best, engine: run.checkpoint.engine },
    })
    expect(tuned.state).not.toEqual(new Uint8Array(files.state))
    expect(tuned.state).toEqual(new Uint8Array(run.training().state))

    for (const [before, after] of [
      [encoder, run.encoder()],
      [plain, run.encoder('plain')],
    ]) {
      const patched = await tuned.encoder(before)
      expect(withoutMetadata(patched)).toEqual(withoutMetadata(after))
      const [ours, theirs] = [patched, after].map((bytes) => readMetadata(readModel(bytes).metadata))
      expect({ ...ours, golden: 0 }).toEqual({ ...theirs, golden: 0 })
      const loaded = await loadEncoder(rewritten(after, patched), { device: 'wasm', threads: 1 })
      const { error, tolerance } = await loaded.verify()
      expect(error).toBeLessThanOrEqual(tolerance)
      await loaded.dispose()
    }
  })
})

/** A file with the metadata of another: its weights are to give what the other says. */
const rewritten = (bytes: Uint8Array, other: Uint8Array) =>
  rewriteModel(bytes, { valuesOf: () => undefined, metadata: readModel(other).metadata })

test('a training that was stopped goes on to the bit', async () => {
  const { files } = await trained()
  const whole = await fineTune(files, waves(1), AGAIN)
  const stop = new AbortController()
  const stopped = await fineTune(files, waves(1), {
    ...AGAIN,
    checkpointEvery: '2steps',
    signal: stop.signal,
    onProgress: ({ epoch, step }) => epoch === 2 && step >= 2 && stop.abort(),
  })
  expect(stopped.stopped).toBe('signal')
  expect(stopped.epochs.length).toBe(1)
  const resumed = await fineTune(files, waves(1), {
    ...AGAIN,
    resume: await throughFile(stopped.checkpoint),
  })
  expect(resumed.state).toEqual(whole.state)
  expect(withoutTime(resumed.epochs)).toEqual(withoutTime(whole.epochs))

  const others = await trained({ network: dropping })
  await expect(
    fineTune(others.files, waves(1), { ...AGAIN, resume: stopped.checkpoint }),
  ).rejects.toMatchObject({ code: 'model', message: expect.stringContaining('cannot resume: digest of') })
})

test('rows are scaled as they were for the file, in whatever form they come', async () => {
  const { files } = await trained()
  const shifted = rows(1).map(([a, b]) => [a + 7, b])
  const plain = await fineTune(files, shifted, AGAIN)
  expect((await fineTune(files, Float32Array.from(shifted.flat()), AGAIN)).state).toEqual(plain.state)
  expect((await fineTune(files, seriesOf(shifted, { columns: ['a', 'b'] }), AGAIN)).state).toEqual(
    plain.state,
  )
  expect((await fineTune(files, waves(1), AGAIN)).initialLoss).toBeLessThan(plain.initialLoss / 10)
})

test('windows are learnt each by itself, and the last ones validate', async () => {
  const { files } = await trained()
  const windows = Array.from({ length: 20 }, (_, i) => rows(i / 7).slice(i, i + 6))
  const { split, finalLoss, initialLoss } = await fineTune(files, windows, { ...AGAIN, validationSplit: 0.2 })
  expect(split.train.map(({ start, end }) => [start, end])).toEqual(
    Array.from({ length: 16 }, (_, i) => [6 * i, 6 * i + 6]),
  )
  expect(split.validation.length).toBe(4)
  expect(finalLoss).toBeLessThan(initialLoss)
})

test('frozen layers stay as they were, in the encoder, too', async () => {
  const model = lstm()
  model.getLayer('encoder_1').trainable = false
  const run = await fit(model, waves(), FIRST)
  const encoder = run.encoder()
  const tuned = await fineTune(run.training(), waves(), AGAIN)
  const again = await fit(model, waves(), AGAIN)
  expect(Object.keys(tuned.weights).filter((name) => name.startsWith('encoder_1'))).toEqual([])
  expect(withoutMetadata(await tuned.encoder(encoder))).toEqual(withoutMetadata(again.encoder()))
})

test('weights are found under their names, in the layout of the file', async () => {
  const { model, files } = await trained()
  const { weights } = await fineTune(files, waves(), { ...AGAIN, learningRate: 1e-30 })
  const [kernel] = encoderOf(model).getWeights()
  const { data, shape } = weights['encoder_1/kernel']
  expect(shape).toEqual([16, 2])
  expect([...data].slice(0, 8)).toEqual([...kernel.slice([0, 0], [2, 4]).transpose().dataSync()])
})

test.each<[string, FineTuneOptions, string]>([
  ['an option of the file', { loss: 'mae' } as FineTuneOptions, 'fineTune: loss is inside training.onnx'],
  ['an unknown option', { epoch: 1 } as FineTuneOptions, 'fineTune: option "epoch" is unknown; use epochs,'],
  ['a value that is not allowed', { epochs: 0 }, 'epochs 0 is not allowed'],
  ['noise where it takes none', { corrupt: 'masking:0.1' }, 'corrupt "masking:0.1" is not allowed'],
])('%s is refused', async (_, options, message) => {
  const { files } = await trained()
  await expect(fineTune(files, waves(), options)).rejects.toMatchObject({
    code: 'option',
    message: expect.stringContaining(message),
  })
})

test('rows that do not fit are refused', async () => {
  const { files } = await trained()
  const columns = 'the columns of the series are b, a, and training.onnx learnt a, b'
  await expect(fineTune(files, waves(0, ['b', 'a']))).rejects.toMatchObject({
    code: 'data',
    message: expect.stringContaining(columns),
  })
  await expect(fineTune(files, [[1], [2]])).rejects.toMatchObject({ code: 'data' })
  await expect(fineTune(files, rows().slice(0, 5))).rejects.toMatchObject({ code: 'data' })
})

test('files that do not belong together are refused', async () => {
  const { files, encoder } = await trained()
  const other = await trained({ network: dropping })
  await expect(fineTune({ ...files, state: other.files.state }, waves())).rejects.toMatchObject({
    code: 'model',
    message: expect.stringContaining('state.onnx is of another training: it gives step [], '),
  })
  await expect(fineTune({ ...files, step: encoder }, waves())).rejects.toMatchObject({ code: 'model' })

  const tuned = await fineTune(files, waves(), { ...AGAIN, epochs: 1 })
  const refused = (bytes: Uint8Array, message: string) =>
    expect(tuned.encoder(bytes)).rejects.toMatchObject({
      code: 'model',
      message: expect.stringContaining(message),
    })
  await refused(other.encoder, "the encoder's encoder_1/kernel has 24 values, and that of training.onnx 32")
  await refused(files.step, 'must be "encoder"')
  const elsewhere = await trained({ series: () => waves(0, ['c', 'd']) })
  await refused(elsewhere.encoder, `the encoder's columns is ["c","d"], and that of training.onnx ["a","b"]`)
})
