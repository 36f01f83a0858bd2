import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDetector } from '../index.js'
import type { DetectorMetadata } from '../metadata.js'
import { detected, detectorGraph, detectorMetadata, writeDetector } from '../testing/detector-file.js'
import { COLUMNS, rawValues, WINDOW } from '../testing/encoder-file.js'
import { failure } from '../testing/failure.js'
import type { Detector } from './detector.js'
import { events } from './events.js'

let detector: Detector
beforeAll(async () => {
  detector = await loadDetector(writeDetector(), { device: 'cpu', verify: true })
})
afterAll(() => detector.dispose())

const close = (values: ArrayLike<number>) => Array.from(values, (value) => expect.closeTo(value, 4))

describe('windows', () => {
  const rows = rawValues(5)
  const { reconstruction, errors, score } = detected(rows)

  test('their scores, errors and reconstructions', async () => {
    expect([...(await detector.decisionFunction(rows))]).toEqual(close(score))
    expect([...(await detector.measure(rows)).errors]).toEqual(close(errors))
    const given = await detector.reconstruct(rows)
    expect(given.reconstruction.shape).toEqual([5, WINDOW, 2])
    expect([...given.reconstruction.data]).toEqual(close(reconstruction))
  })

  test('a score above the threshold is an anomaly, and columns contribute', async () => {
    expect(detector.threshold).toBe(5.25)
    const { scores, contributions, anomalies } = await detector.detect(rows)
    expect([...anomalies]).toEqual([...score].map((value) => (value > 5.25 ? 1 : 0)))
    expect(new Set(anomalies)).toEqual(new Set([0, 1]))
    expect(await detector.predict(rows)).toEqual(anomalies)
    expect([...contributions]).toEqual(close(errors.map((error) => error / 2)))
    expect(scores).toEqual(await detector.decisionFunction(rows))
  })

  test('as rows or windows of numbers, too', async () => {
    const lines = Array.from({ length: 5 * WINDOW }, (_, r) => [...rows.subarray(2 * r, 2 * r + 2)])
    expect(await detector.decisionFunction(lines)).toEqual(await detector.decisionFunction(rows))
  })

  test.each<[unknown, object, string, string]>([
    [new Float32Array(7), {}, 'data', 'rows have 7 numbers; they must be windows of 4 rows of 2 columns'],
    [
      rows,
      { lengths: [1] },
      'option',
      'lengths are for networks with masking; windows of this detector have 4 rows',
    ],
    [rows, { stride: 1 }, 'option', 'option "stride" is unknown; use lengths, signal'],
  ])('%#: wrong ones are refused', async (wrong, options, code, message) => {
    const error = await failure(() => detector.detect(wrong as Float32Array, options))
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)])
  })

  test('a signal ends it', async () => {
    const reason = new Error('enough')
    await expect(detector.detect(rows, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('a series', () => {
  const rows = 30
  const values = rawValues(8).subarray(0, 2 * rows)
  const windowScore = (last: number) =>
    detected(values.subarray(2 * (last + 1 - WINDOW), 2 * (last + 1))).score[0]

  test('each row has the score of the window that ends with it', async () => {
    const { scores, contributions } = await detector.scoreSeries(values)
    expect([...scores.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect([...scores.subarray(3)]).toEqual(close(Array.from({ length: 27 }, (_, i) => windowScore(i + 3))))
    scores.subarray(3).forEach((score, i) => {
      expect(contributions[2 * (i + 3)] + contributions[2 * (i + 3) + 1]).toBeCloseTo(score, 5)
    })
    expect(contributions.subarray(0, 6).every(Number.isNaN)).toBe(true)
  })

  test('with a stride, a row between has that of the last window before, never of one to come', async () => {
    const each = await detector.scoreSeries(values)
    const { scores, contributions } = await detector.scoreSeries(values, { stride: 5 })
    for (let row = 3; row < rows; row++) {
      const last = row - ((row - 3) % 5)
      expect(scores[row]).toBe(each.scores[last])
      expect(contributions[2 * row]).toBe(each.contributions[2 * last])
    }
  })

  test('one shorter than a window has none', async () => {
    const { scores, contributions } = await detector.scoreSeries(values.subarray(0, 6))
    expect([scores.length, contributions.length]).toEqual([3, 6])
    expect([...scores, ...contributions].every(Number.isNaN)).toBe(true)
  })

  test('row by row, a stream gives the same to the bit, and raises alarms as events are found', async () => {
    const { scores, contributions } = await detector.scoreSeries(values)
    const stream = detector.stream({ minLength: 2, release: 0.95 })
    const states: (string | undefined)[] = []
    for (let row = 0; row < rows; row++) {
      const pushed = await stream.push(values.subarray(2 * row, 2 * row + 2))
      expect(pushed.score).toBe(scores[row])
      expect(pushed.contributions).toEqual(contributions.subarray(2 * row, 2 * row + 2))
      states.push(pushed.alarm)
    }
    const alarms = events(scores, { threshold: 5.25, minLength: 2, release: 0.95 })
    expect(alarms.length).toBeGreaterThan(1)
    const due: (string | undefined)[] = new Array(rows).fill(undefined)
    for (const { raised, end } of alarms) due.fill('on', raised, end + 1)[raised] = 'start'
    for (const { end } of alarms) if (end + 1 < rows) due[end + 1] = 'end'
    expect(states).toEqual(due)
    await stream.reset()
    expect((await stream.push([1, 2])).score).toBeNaN()
    const error = await failure(() => stream.push([1]))
    expect(error.message).toBe('the row has 1 numbers; it must have 2 columns (pressure, flow)')
    const iterated = []
    await stream.reset()
    const lines = Array.from({ length: rows }, (_, r) => values.subarray(2 * r, 2 * r + 2))
    for await (const { score } of stream.detect(lines)) iterated.push(score)
    expect(iterated).toEqual([...scores])
  })
})

describe('thresholds', () => {
  test.each([
    [{}, 5.25],
    [{ threshold: 'sigma:2' as const }, 6],
    [{ threshold: 'quantile:1' as const }, 6],
    [{ threshold: 0.25 }, 0.25],
  ])('%j', async (options, value) => {
    const loaded = await loadDetector(writeDetector(), options)
    expect(loaded.threshold).toBe(value)
    expect(loaded.warning).toBeUndefined()
    await loaded.dispose()
  })

  test('a rule that cannot be kept is told', async () => {
    const loaded = await loadDetector(writeDetector(), { threshold: 'pot' })
    expect(loaded.warning).toMatch(/^threshold pot: no tail was fitted: too few/)
    await loaded.dispose()
  })

  test('a file without one needs a number', async () => {
    const bare = writeDetector({ scores: undefined, rule: undefined, threshold: undefined })
    const loaded = await loadDetector(bare)
    expect(await loaded.decisionFunction(rawValues(1))).toHaveLength(1)
    const error = await failure(() => loaded.detect(rawValues(1)))
    expect(error.message).toBe('the file holds no threshold; give one when it is loaded: { threshold: 0.5 }')
    expect((await failure(() => loaded.stream())).code).toBe('option')
    expect((await failure(() => loadDetector(bare, { threshold: 'pot' }))).message).toContain(
      'the file holds none',
    )
    await loaded.dispose()
  })

  test.each(['pot:1', 'often', true])('%j is refused', async (threshold) => {
    const error = await failure(() => loadDetector(writeDetector(), { threshold: threshold as never }))
    expect([error.code, error.message]).toEqual([
      'option',
      expect.stringContaining('is not allowed; use margin, margin:'),
    ])
  })
})

describe('files', () => {
  const off = () => {
    const { golden } = detectorMetadata()
    const score = { data: golden.outputs.score.data.map((value) => value + 1e-3), shape: [2] }
    return writeDetector({ golden: { ...golden, outputs: { ...golden.outputs, score } } })
  }
  test.each<[string, () => Uint8Array, string, string]>([
    ['a score that the device does not give', off, 'verification', 'is off by'],
    [
      'a graph without a score',
      () => writeDetector({}, { outputs: detectorGraph().outputs.slice(0, 2) }),
      'model',
      'by its metadata it must be reconstruction: float32[batch, 4, 2] and errors: float32[batch, 2] and score: float32[batch]',
    ],
    [
      'another span',
      () => writeDetector({ span: 5 }),
      'model',
      'metadata tempocode.golden must be an input [n, 5, 2]',
    ],
    [
      'an unknown score',
      () => writeDetector({ score: 'median' as never }),
      'model',
      'tempocode.score must be',
    ],
    [
      'a score without statistics',
      () => writeDetector({ score: 'zscore', errors: undefined }),
      'model',
      'zscore needs them',
    ],
    [
      'an unknown rule',
      () => writeDetector({ rule: 'often' as never }),
      'model',
      'tempocode.rule must be a rule for',
    ],
    ...(['errors', 'scores'] as const).map((name): [string, () => Uint8Array, string, string] => [
      `wrong ${name}`,
      () => writeDetector({ [name]: { count: 3 } } as unknown as DetectorMetadata),
      'model',
      `metadata tempocode.${name} must be`,
    ]),
    [
      'scores that are not ordered',
      () =>
        writeDetector({ scores: { ...detectorMetadata().scores!, order: Float32Array.of(1, 2, 4, 3, 5) } }),
      'model',
      'metadata tempocode.scores must be',
    ],
  ])('%s', async (_, write, code, message) => {
    const error = await failure(() => loadDetector(write(), { verify: true }))
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)])
  })

  test('columns are told', () => expect(detector.columns).toEqual(COLUMNS))

  test('a disposed one rejects', async () => {
    const loaded = await loadDetector(writeDetector())
    await loaded.dispose()
    expect((await failure(() => loaded.measure(rawValues(1)))).message).toBe(
      'the detector is disposed; load it again',
    )
  })
})
