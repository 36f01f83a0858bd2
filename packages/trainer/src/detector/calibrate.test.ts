import { Random } from '@tempocode/core'
import { denseAutoencoder, lstmAutoencoder } from '@tempocode/models'
import {
  inspectModel,
  loadDecoder,
  loadDetector,
  loadEncoder,
  quantileOf,
  readMetadata,
  readModel,
  storedRanks,
} from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { fit } from '../fit/fit.js'
import type { FitOptions } from '../fit/options.js'
import type { Run } from '../fit/run.js'
import { type SeriesOptions, seriesOf } from '../series-of.js'

const random = new Random(0, 'series')
const rows = Array.from({ length: 700 }, (_, t) => [
  10 + Math.sin(t / 4) + 0.1 * random.normal(),
  100 * Math.cos(t / 7) + random.normal(),
])
const series = seriesOf(rows, { columns: ['a', 'b'] } as SeriesOptions)
const size = { window: 6, columns: 2, units: [4] }

const train = (options: FitOptions = {}, model = lstmAutoencoder(size)) =>
  fit(model, series, { epochs: 2, ...options })
const metadataOf = (bytes: Uint8Array) => {
  const metadata = readMetadata(readModel(bytes).metadata)
  if (metadata.kind !== 'detector') throw new Error(`a ${metadata.kind}`)
  return metadata
}

let run: Run
beforeAll(async () => {
  await tf.setBackend('cpu')
  run = await train({ validationSplit: 0.2 })
})

/** The windows that calibrate, computed by the encoder and the decoder that are shipped. */
async function errorsByParts(from: number, to: number): Promise<number[][]> {
  const encoder = await loadEncoder(run.encoder())
  const decoder = await loadDecoder(await run.decoder())
  const windows = Array.from({ length: to - from - size.window + 1 }, (_, i) =>
    rows.slice(from + i, from + i + size.window),
  )
  const { reconstruction } = await decoder.decode((await encoder.encode(windows)).data)
  return windows.map((window, w) =>
    [0, 1].map((c) => {
      const distances = window.map(
        (row, t) =>
          ((row[c] - reconstruction.data[(w * size.window + t) * 2 + c]) / run.scaler.scale[c]) ** 2,
      )
      return Math.sqrt(distances.reduce((a, b) => a + b, 0) / distances.length)
    }),
  )
}

test('training and validation windows calibrate: their errors’ moments, and their scores', async () => {
  const { errors, scores, score, rule, threshold } = metadataOf(
    await run.detector({ score: 'mean', threshold: 'pot' }),
  )
  const due = [...(await errorsByParts(0, 560)), ...(await errorsByParts(560, 700))]
  expect([score, rule]).toEqual(['mean', 'pot'])
  expect([errors?.windows, scores?.count]).toEqual([690, 690])
  for (const c of [0, 1]) {
    const mean = due.reduce((sum, window) => sum + window[c], 0) / due.length
    expect(errors?.mean[c]).toBeCloseTo(mean, 5)
  }
  const means = due.map(([a, b]) => (a + b) / 2).sort((a, b) => a - b)
  storedRanks(690).forEach((rank, i) => {
    expect(scores?.order[i]).toBeCloseTo(means[rank], 5)
  })
  expect(threshold).toBeGreaterThan(means[680])
})

test('by default the score is combined, and the threshold half above the 0.99 quantile', async () => {
  const { score, rule, threshold, scores, codes } = metadataOf(await run.detector())
  expect([score, rule, codes?.mean.length]).toEqual(['combined', 'margin', 4])
  expect(threshold).toBeCloseTo(1.5 * quantileOf(scores!, 0.99), 6)
})

test.each(['mean', 'max', 'zscore', 'mahalanobis', 'combined'] as const)(
  'the graph gives the calibration windows the scores that are stored: %s',
  async (score) => {
    const file = await run.detector({ score, threshold: 'sigma:3' })
    const detector = await loadDetector(file, { verify: true })
    const parts = await Promise.all(
      [series.values.subarray(0, 2 * 560), series.values.subarray(2 * 560)].map((values) =>
        detector.scoreSeries(values),
      ),
    )
    const { scores: stored } = metadataOf(file)
    const sorted = Float32Array.of(...parts.flatMap(({ scores }) => [...scores.subarray(5)])).sort()
    const largest = sorted[sorted.length - 1]
    storedRanks(690).forEach((rank, i) => {
      expect(Math.abs(sorted[rank] - stored!.order[i])).toBeLessThanOrEqual(1e-5 * largest)
    })
    expect(detector.threshold).toBe(stored!.mean + 3 * stored!.deviation)
    // over the windows that they are measured by, the mean of the squared distance is the number of columns,
    // and Q and T² are 1 on average
    if (score === 'mahalanobis') expect(stored!.mean).toBeCloseTo(2, 3)
    if (score === 'combined')
      expect(sorted.reduce((sum, value) => sum + value ** 2, 0) / 690).toBeCloseTo(2, 3)
    if (score === 'mahalanobis' || score === 'combined') {
      const [{ scores, contributions }] = parts
      expect(contributions[10] + contributions[11]).toBeCloseTo(scores[5], 4)
    }
    expect(inspectModel(file).devices.cuda).toEqual([])
    await detector.dispose()
  },
)

test('rows that are predicted are scored with the window before them', async () => {
  const model = lstmAutoencoder({ ...size, heads: ['prediction'], horizon: 3 })
  const predicting = await train({ validationSplit: 0.2 }, model)
  const detector = await loadDetector(await predicting.detector())
  expect([detector.window, detector.span]).toEqual([6, 9])
  const { scores } = await detector.scoreSeries(series.values)
  expect(scores.findIndex((score) => !Number.isNaN(score))).toBe(8)
  await detector.dispose()
})

test('sequences of different lengths calibrate as well', async () => {
  const segments = Array.from({ length: 140 }, (_, g) => ({
    start: 5 * g,
    end: 5 * g + 2 + (g % 4),
    name: `g${g}`,
  }))
  const model = lstmAutoencoder({ ...size, window: 5, masked: true })
  const masked = await fit(model, { ...series, segments, groupBy: 'g' }, { epochs: 1, validationSplit: 0.2 })
  const file = await masked.detector({ threshold: 'quantile:0.9' })
  expect(metadataOf(file)).toMatchObject({ masked: true, scores: { count: 140 } })
  const detector = await loadDetector(file, { verify: true })
  const { scores } = await detector.scoreSeries(series.values.subarray(0, 2 * 3))
  expect([...scores].map(Number.isNaN)).toEqual([true, true, false])
  await detector.dispose()
})

test.each([
  [{ scores: 'mean' }, 'detector: option "scores" is unknown; use score, threshold'],
  [{ score: 'median' }, 'score "median" is unknown; use one of mean, max, zscore, mahalanobis, combined'],
  [{ threshold: 'pot:0.5' }, 'threshold "pot:0.5" is not allowed; use margin, margin:1.5'],
])('%j is refused', async (options, message) => {
  await expect(run.detector(options as never)).rejects.toMatchObject({
    code: 'option',
    message: expect.stringContaining(message),
  })
})

test('of a long series 16,384 windows calibrate, evenly spaced', async () => {
  const long = seriesOf(
    Array.from({ length: 200_000 }, (_, t) => [Math.sin(t / 4)]),
    { columns: ['a'] } as SeriesOptions,
  )
  const model = denseAutoencoder({ window: 4, columns: 1, units: [1] })
  const { detector } = await fit(model, long, { epochs: 1, batchSize: 4096 })
  expect(metadataOf(await detector()).scores?.count).toBe(16_384)
})
