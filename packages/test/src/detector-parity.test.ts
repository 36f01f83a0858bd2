import { toDetectorOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, isMasked, MASK_VALUE, spanOf, targetsOf } from '@tempocode/models'
import {
  type ErrorStatistics,
  type FeatureStatistics,
  loadDetector,
  type ScoreKind,
} from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { KINDS, randomOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const SCORES: ScoreKind[] = ['mean', 'max', 'zscore', 'mahalanobis', 'combined']

/** A network of a kind, raw windows for it, and what tfjs and plain sums make of them. */
function example(kind: string, seed: number) {
  const { name, model, window, columns, batch } = randomOfKind(kind, seed)
  const random = new Random(seed, 'detector')
  const scaler = {
    kind: 'standard' as const,
    center: Array.from({ length: columns }, () => Math.fround(10 * random.normal())),
    scale: Array.from({ length: columns }, () => Math.fround(0.1 + 10 * random.uniform())),
  }
  const heads = targetsOf(model)
  const span = spanOf(window, heads)
  const raw = Float32Array.from(
    { length: batch * span * columns },
    (_, i) => scaler.center[i % columns] + scaler.scale[i % columns] * random.normal(),
  )
  const scaled = raw.map((x, i) => Math.fround(x - scaler.center[i % columns]) / scaler.scale[i % columns])
  const lengths = isMasked(model)
    ? Array.from({ length: batch }, () => 2 + random.below(window - 1))
    : undefined
  const end = (w: number) => lengths?.[w] ?? span
  const [given, features] = tf.tidy(() => {
    const rows = Array.from({ length: batch }, (_, w) =>
      Array.from({ length: window }, (_, t) =>
        Array.from({ length: columns }, (_, c) =>
          t < end(w) ? scaled[(w * span + t) * columns + c] : MASK_VALUE,
        ),
      ),
    )
    const of = (network: tf.LayersModel) =>
      ([network.predict(tf.tensor3d(rows), { batchSize: batch })].flat() as tf.Tensor[]).map(
        (output) => output.dataSync() as Float32Array,
      )
    return [of(model), of(encoderOf(model))[0]]
  })
  const errors = Array.from({ length: batch }, (_, w) =>
    Array.from({ length: columns }, (_, c) => {
      const ofHeads = heads.map(({ offset, steps }, h) => {
        const rows = Array.from({ length: steps }, (_, t) => t).filter((t) => offset + t < end(w))
        const distances = rows.map(
          (t) =>
            (scaled[(w * span + offset + t) * columns + c] - given[h][(w * steps + t) * columns + c]) ** 2,
        )
        return distances.reduce((a, b) => a + b, 0) / distances.length
      })
      return Math.sqrt(ofHeads.reduce((a, b) => a + b, 0) / heads.length)
    }),
  )
  const rows = given.map((output) =>
    output.map((value, i) => value * scaler.scale[i % columns] + scaler.center[i % columns]),
  )
  const codes = Array.from({ length: batch }, (_, w) => {
    const size = features.length / batch
    return [...features.subarray(w * size, (w + 1) * size)]
  })
  return { name, model, columns, raw, scaler, lengths, heads, errors, codes, rows, span }
}

/** Statistics of no data at all, but such that every number of them counts. */
function someStatistics(columns: number): ErrorStatistics {
  const triangle = (columns * (columns + 1)) / 2
  return {
    windows: 10,
    mean: Float32Array.from({ length: columns }, (_, c) => 0.3 + 0.1 * c),
    deviation: Float32Array.from({ length: columns }, (_, c) => 0.2 + 0.05 * c),
    whitening: Float32Array.from({ length: triangle }, (_, i) => 1 + 0.3 * Math.sin(i)),
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

function squaredDistance(vector: readonly number[], { mean, whitening }: FeatureStatistics): number {
  const distance = vector.map((value, c) => value - mean[c])
  const rows = vector.map((_, row) =>
    distance.slice(0, row + 1).map((d, c) => d * whitening[(row * (row + 1)) / 2 + c]),
  )
  return sum(rows.map((row) => sum(row) ** 2))
}

/** The score by its definition, in 64 bits. */
function scoreOf(
  errors: readonly number[],
  code: readonly number[],
  kind: ScoreKind,
  { statistics, codes }: { statistics: ErrorStatistics; codes: FeatureStatistics },
) {
  const { mean, deviation } = statistics
  if (kind === 'mean') return sum(errors) / errors.length
  if (kind === 'max') return Math.max(...errors)
  if (kind === 'mahalanobis') return squaredDistance(errors, statistics)
  if (kind === 'zscore') {
    const above = errors.map((error, c) => Math.max((error - mean[c]) / deviation[c], 0) ** 2)
    return Math.sqrt(sum(above) / errors.length)
  }
  const parts = errors.map((error, c) => error ** 2 / (mean[c] ** 2 + deviation[c] ** 2))
  return Math.sqrt(sum(parts) / errors.length + squaredDistance(code, codes))
}

describe.each(['cpu', 'wasm'] as const)('on %s', (device) => {
  test.each(Object.keys(KINDS))('rows, errors and scores are those of tfjs’s network: %s', async (kind) => {
    for (let seed = 0; seed < 2; seed++) {
      const { name, model, columns, raw, scaler, lengths, heads, errors, codes, rows, span } = example(
        kind,
        seed,
      )
      const score = SCORES[(seed + Object.keys(KINDS).indexOf(kind)) % SCORES.length]
      const statistics = someStatistics(columns)
      const known = { statistics, codes: someStatistics(codes[0].length) }
      const file = toDetectorOnnx(model, {
        scaler,
        score,
        errors: statistics,
        codes: known.codes,
        threshold: 1,
      })
      const detector = await loadDetector(file, { device, verify: true })
      expect([detector.span, detector.columns.length], name).toEqual([span, columns])

      const given = await detector.reconstruct(raw, { lengths })
      for (const [h, { output }] of heads.entries()) {
        for (let c = 0; c < columns; c++) {
          const [received, due] = [given[output].data, rows[h]].map((data) =>
            data.filter((_, i) => i % columns === c),
          )
          expect(relativeError(received, due), `${name}, ${output}`).toBeLessThanOrEqual(1e-5)
        }
      }
      const measures = await detector.measure(raw, { lengths })
      expect(relativeError(measures.errors, errors.flat()), name).toBeLessThanOrEqual(1e-5)
      expect(relativeError(measures.features!, codes.flat()), name).toBeLessThanOrEqual(1e-5)
      const due = errors.map((window, w) => scoreOf(window, codes[w], score, known))
      const { scores, contributions, anomalies } = await detector.detect(raw, { lengths })
      expect(relativeError(scores, due), `${name}, ${score}`).toBeLessThanOrEqual(1e-5)
      expect([...anomalies]).toEqual([...scores].map((value) => (value > 1 ? 1 : 0)))
      expect(await detector.decisionFunction(raw, { lengths })).toEqual(scores)
      expect(await detector.predict(raw, { lengths })).toEqual(anomalies)
      for (const [w, value] of due.entries()) {
        const own = [...contributions.subarray(w * columns, (w + 1) * columns)]
        const total = own.reduce((a, b) => a + b, 0)
        if (score === 'mean' || score === 'mahalanobis' || score === 'combined')
          expect(Math.abs(total - value)).toBeLessThanOrEqual(1e-5 * Math.max(...due))
        if (score === 'max') expect(Math.max(...own)).toBe(scores[w])
        if (score === 'zscore') {
          const z = errors[w].map((error, c) => (error - statistics.mean[c]) / statistics.deviation[c])
          expect(relativeError(own, z)).toBeLessThanOrEqual(1e-4) // of what is near 0, too
        }
      }
      await detector.dispose()
    }
  })

  test.each(['LSTM', 'GRU, reset after', 'dense', 'composite', 'masked GRU, reset after'])(
    'row by row, a stream gives the scores of the series to the bit: %s',
    async (kind) => {
      const { model, columns, span } = example(kind, 1)
      const detector = await loadDetector(toDetectorOnnx(model), { device, threshold: 0.8 })
      const random = new Random(0, 'rows')
      const rows = 512 + span // in a last run one window is left
      const values = Float32Array.from({ length: rows * columns }, () => random.normal())
      const { scores, contributions } = await detector.scoreSeries(values)
      const stream = detector.stream()
      for (let row = 0; row < rows; row++) {
        const pushed = await stream.push(values.subarray(row * columns, (row + 1) * columns))
        expect(pushed.score).toBe(scores[row])
        expect(pushed.contributions).toEqual(contributions.subarray(row * columns, (row + 1) * columns))
        if (row >= span - 1)
          expect(pushed.alarm !== undefined && pushed.alarm !== 'end').toBe(scores[row] > 0.8)
      }
      await detector.dispose()
    },
  )

  test.each(SCORES)(
    'a window with NaN or infinity has NaN in all outputs, and touches no others: %s',
    async (score) => {
      for (const kind of ['composite', 'masked shifted prediction', 'dense']) {
        const { model, columns, raw, lengths, span, heads, codes } = example(kind, 4)
        const file = toDetectorOnnx(model, {
          score,
          errors: someStatistics(columns),
          codes: someStatistics(codes[0].length),
        })
        const detector = await loadDetector(file, { device })
        const size = span * columns
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          for (const place of [0, size - columns]) {
            const spoilt = raw.slice().fill(bad, place, place + 1)
            const counts = lengths?.with(0, span)
            const [clean, dirty] = await Promise.all(
              [raw, spoilt].map(async (rows) => ({
                scores: await detector.decisionFunction(rows, { lengths: counts }),
                measures: await detector.measure(rows, { lengths: counts }),
                rows: (await detector.reconstruct(rows, { lengths: counts }))[heads[0].output].data,
              })),
            )
            const parts = [
              [clean.scores, dirty.scores, 1],
              [clean.measures.errors, dirty.measures.errors, columns],
              [clean.measures.features!, dirty.measures.features!, codes[0].length],
              [clean.rows, dirty.rows, heads[0].steps * columns],
            ] as const
            for (const [before, after, own] of parts) {
              expect(after.subarray(0, own).every(Number.isNaN), `${kind} ${bad}`).toBe(true)
              expect(after.subarray(own)).toEqual(before.subarray(own))
            }
          }
        }
        await detector.dispose()
      }
    },
  )
})

test('a sequence of one row has nothing that a shifted prediction could be compared with', async () => {
  const { model, raw, span, columns, codes } = example('masked shifted prediction', 1)
  for (const score of SCORES) {
    const detector = await loadDetector(
      toDetectorOnnx(model, {
        score,
        errors: someStatistics(columns),
        codes: someStatistics(codes[0].length),
      }),
    )
    const rows = raw.subarray(0, 2 * span * columns)
    const scores = await detector.decisionFunction(rows, { lengths: [1, 2] })
    expect([...scores].map(Number.isNaN)).toEqual([true, false])
    await detector.dispose()
  }
})

test('padding may hold anything', async () => {
  const { model, raw, span, columns } = example('masked LSTM', 2)
  const detector = await loadDetector(toDetectorOnnx(model), { threshold: 1 })
  const lengths = [2]
  const rows = raw.subarray(0, span * columns)
  const padded = rows.slice().fill(Number.NaN, 2 * columns)
  expect(await detector.measure(padded, { lengths })).toEqual(await detector.measure(rows, { lengths }))
  await detector.dispose()
})
