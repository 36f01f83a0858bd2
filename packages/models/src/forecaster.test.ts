import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { findCode } from './code.js'
import { decoderOf } from './decoder-of.js'
import { encoderOf } from './encoder-of.js'
import type { ForecasterOptions } from './forecaster/options.js'
import { forecaster } from './forecaster.js'
import { summary } from './summary.js'
import { targetsOf } from './targets.js'
import { normal, predict, predictAll, randomize, reload } from './testing/tensors.js'

const size = { window: 6, columns: 3, horizon: 4, units: [5] }
const all = { ...size, columns: 9, targets: 2, known: 1, cycles: 2, features: 3 }
const CASES: [string, ForecasterOptions][] = [
  ['one target', size],
  ['one column, all of it read', { ...size, columns: 1, recent: 6 }],
  ['columns of all kinds, intervals', { ...all, intervals: 0.9 }],
  ['no linear view', { ...size, targets: 3, linear: false, intervals: 0.5 }],
  ['no hidden layer, no dropout', { ...size, hidden: 0, dropout: 0 }],
  ['layers, dropout', { ...all, units: [4, 3], hidden: 5, dropout: 0.2 }],
]

describe.each(CASES)('%s', (_, options) => {
  const windows = normal([2, options.window, options.columns], 3)

  test('untrained, it says that nothing will change', () => {
    const { targets = 1 } = options
    const last = (windows.arraySync() as number[][][]).map((rows) => rows.at(-1)?.slice(0, targets))
    const expected = last.flatMap((row) => Array.from({ length: options.horizon }, () => row)).flat()
    for (const output of predictAll(forecaster(options), windows)) expect(output).toEqual(expected)
  })

  test('it is built from its seed', () => {
    const weights = (seed: number) =>
      forecaster({ ...options, seed })
        .getWeights()
        .map((weight) => weight.dataSync())
    expect(weights(1)).toEqual(weights(1))
    expect(weights(2)).not.toEqual(weights(1))
  })

  test('loaded, it gives the same bits', async () => {
    const model = randomize(forecaster(options), 1)
    expect(predictAll(await reload(model), windows)).toEqual(predictAll(model, windows))
  })

  test('tfjs finds a gradient for every weight', () => {
    const model = randomize(forecaster(options), 1)
    const { grads } = tf.variableGrads(() => {
      const outputs = [model.apply(windows, { training: true })].flat() as tf.Tensor[]
      return tf.addN(outputs.map((output) => output.square().sum())).asScalar()
    })
    const sizes = model.weights.map((weight) => grads[weight.name].abs().sum().dataSync()[0])
    expect(sizes.map((size) => Number.isFinite(size) && size > 0)).toEqual(sizes.map(() => true))
  })
})

test('its outputs are the first columns of the rows after the window, and quantiles of them', () => {
  const rows = { offset: 6, steps: 4, columns: 2 }
  const of = (intervals?: number) => targetsOf(forecaster({ ...all, intervals }))
  expect(of()).toEqual([{ output: 'prediction', ...rows }])
  expect(of(0.9)).toEqual([
    { output: 'prediction', ...rows },
    { output: 'quantile_5', quantile: 0.05, ...rows },
    { output: 'quantile_95', quantile: 0.95, ...rows },
  ])
  expect(of(0.95).map(({ output }) => output)).toEqual(['prediction', 'quantile_2.5', 'quantile_97.5'])
})

describe('what an output depends on', () => {
  const model = randomize(forecaster({ ...all, window: 8, recent: 3 }), 1)
  const windows = normal([1, 8, 9], 2)
  const given = predict<number[][][]>(model, windows)[0]
  const changed = (row: number, column: number) => {
    const moved = windows.arraySync() as number[][][]
    moved[0][row][column] = 5
    const other = predict<number[][][]>(model, tf.tensor3d(moved))[0]
    return other.map((values, step) => values.map((value, target) => value !== given[step][target]))
  }
  const every = (first: boolean, second: boolean) => new Array(4).fill([first, second])

  test('a target before the last rows: its own linear view', () => {
    expect([changed(0, 0), changed(4, 1)]).toEqual([every(true, false), every(false, true)])
  })

  test('other columns: the last rows', () => {
    expect(changed(4, 2)).toEqual(every(false, false))
    expect(changed(5, 2)).toEqual(every(true, true))
  })

  test('what is known ahead: its row is that of the step', () => {
    const steps = changed(4, 3)
    expect(steps).toEqual([[true, true], ...new Array(3).fill([false, false])])
    expect(changed(3, 3)).toEqual(every(false, false))
    expect(changed(7, 3)).toEqual(every(true, true))
  })

  test('features: the last row', () => {
    expect(changed(6, 8)).toEqual(every(false, false))
    expect(changed(7, 8)).toEqual(every(true, true))
  })
})

test('a level that all measured columns have does not matter, but for the level of what is forecast', () => {
  const model = randomize(forecaster({ ...size, targets: 2 }), 1)
  const windows = normal([2, 6, 3], 2)
  const [low, high] = [windows, windows.add(tf.tensor1d([8, 16, 32]))].map((x) => predict(model, x))
  const expected = tf.add(low as tf.TensorLike, tf.tensor1d([8, 16])).dataSync()
  const received = (high as number[][][]).flat(2)
  received.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 4)
  })
})

test('its defaults', () => {
  const layers = (options: Partial<ForecasterOptions>) =>
    forecaster({ window: 30, columns: 3, horizon: 2, ...options }).layers
  const [one, several, featured] = [layers({}), layers({ targets: 2 }), layers({ features: 1 })].map((all) =>
    Object.fromEntries(all.map((layer) => [layer.name, layer])),
  )
  expect(one.recent.outputShape).toEqual([null, 24, 3])
  expect(one.lstm_1.outputShape).toEqual([null, 32])
  expect(one.hidden.outputShape).toEqual([null, 64])
  expect([one.lstm_dropout, one.hidden_dropout].map((layer) => layer.getConfig().rate)).toEqual([0.5, 0.5])
  expect(Object.keys(several).filter((name) => name.endsWith('dropout'))).toEqual([])
  expect(featured.feature_dropout.getConfig().rate).toBe(0.5)
  expect(featured.features.outputShape).toEqual([null, 1])
  expect(Object.keys(several)).toEqual(expect.arrayContaining(['lstm_1', 'hidden', 'prediction_linear']))
})

test('it has no code', () => {
  const model = forecaster({ ...all, intervals: 0.9 })
  expect(findCode(model)).toBeUndefined()
  for (const part of [encoderOf, decoderOf]) {
    expect(() => part(model)).toThrow(
      expect.objectContaining({
        code: 'model',
        message: expect.stringContaining('model forecaster has no code'),
      }),
    )
  }
  expect(summary(model)).not.toContain('← code')
})

test.each<[Partial<ForecasterOptions>, string]>([
  [{ window: 0 }, 'window 0 is not allowed; use a whole number above 0'],
  [{ horizon: 1.5 }, 'horizon 1.5 is not allowed; use a whole number above 0'],
  [
    { targets: 4 },
    'targets 4 is not allowed: of 3 columns, 3 are measured (0 known, 0 of cycles, 0 features)',
  ],
  [
    { known: 1, cycles: 2 },
    'targets 1 is not allowed: of 3 columns, 0 are measured (1 known, 2 of cycles, 0 features)',
  ],
  [
    { known: 1, horizon: 7 },
    "horizon 7 is not allowed with columns known ahead; use at most the window's 6 rows",
  ],
  [{ features: -1 }, 'features -1 is not allowed; use a whole number that is not below 0'],
  [{ recent: 7 }, "recent 7 is not allowed; use at most the window's 6 rows"],
  [{ hidden: 0.5 }, 'hidden 0.5 is not allowed; use a whole number that is not below 0'],
  [{ dropout: 1 }, 'dropout 1 is not allowed; use a number of at least 0 and below 1'],
  [{ featureDropout: -1 }, 'featureDropout -1 is not allowed; use a number of at least 0 and below 1'],
  [{ intervals: 90 }, 'intervals 90 is not allowed; use a number of at least 0 and below 1'],
  [{ seed: 0.5 }, 'seed 0.5 is not allowed; use a whole number'],
])('%j is refused', (options, message) => {
  expect(() => forecaster({ ...size, ...options })).toThrow(new TempocodeError('option', message))
})

test('an unknown option is refused', () => {
  const options = JSON.parse('{"window": 6, "columns": 3, "horizon": 4, "coverage": 0.9}')
  expect(() => forecaster(options)).toThrow(
    expect.objectContaining({
      code: 'option',
      message: expect.stringMatching(/^forecaster: option "coverage" is unknown; use window, columns, /),
    }),
  )
})
