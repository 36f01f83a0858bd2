import { denseAutoencoder } from '@tempocode/models'
import { loadForecaster } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { fit } from '../fit/fit.js'
import type { Series } from '../series.js'
import { fitForecaster } from './fit-forecaster.js'
import type { ForecasterFitOptions } from './options.js'
import type { ForecastRun } from './run.js'
import { machines } from './testing/machines.js'
import { standardOf } from './testing/standard-of.js'

beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
})

const series = machines(800)
const options: ForecasterFitOptions = {
  targets: ['load'],
  known: ['plan'],
  horizon: 6,
  window: 24,
  units: [8],
  learningRate: 0.01,
  validationSplit: 0.2,
}
const short: ForecasterFitOptions = { ...options, epochs: 2 }

/** With an encoder of so many rows, of other columns and in another order. */
async function withEncoder(window: number): Promise<ForecasterFitOptions> {
  const { columns } = series
  const model = denseAutoencoder({ window, columns: columns.length - 1, units: [5] })
  const measured = [2, 0]
  const own: Series = {
    ...series,
    columns: measured.map((i) => columns[i]),
    values: Float32Array.from({ length: 2 * series.rows }, (_, i) => {
      return series.values[Math.floor(i / 2) * columns.length + measured[i % 2]]
    }),
  }
  return { ...short, encoder: await fit(model, own, { epochs: 1 }) }
}

test('a forecaster that learns from two series beats what repeats values', async () => {
  const { evaluation } = await fitForecaster(series, { ...options, epochs: 15 })
  const parts = [evaluation!, evaluation!.extremes, ...evaluation!.bySeries, ...evaluation!.byStep.slice(1)]
  expect(parts).toHaveLength(9)
  for (const { forecaster, persistence, seasonalNaive } of parts) {
    expect(forecaster.scaled.mse).toBeLessThan(0.2 * persistence.scaled.mse)
    expect(forecaster.scaled.mse).toBeLessThan(0.2 * seasonalNaive!.scaled.mse)
    expect(forecaster.mase).toBeLessThan(0.4)
    expect(forecaster.smape).toBeLessThan(0.4 * persistence.smape)
    expect(forecaster.coverage).toBeGreaterThan(0.8)
  }
  expect(evaluation!.forecaster.scaled.width).toBeLessThan(1)
})

test.each([
  ['no encoder', undefined],
  ['an encoder of fewer rows', 12],
  ['an encoder of more rows', 30],
])('with %s, the file forecasts what the network does', async (_, window) => {
  const asked = window === undefined ? short : await withEncoder(window)
  const run = await fitForecaster(series, asked)
  const { examples } = run.evaluation!
  expect(examples).toHaveLength(8)
  const margins: number[][] = []
  for (const { group, start, forecast, lower, upper } of examples) {
    const { mean, deviation } = standardOf(
      series,
      0,
      run.parts.train.filter(({ name }) => name === group),
    )
    const [prediction, ...quantiles] = predicted(run, start)
    prediction.forEach((z, i) => {
      expect(Math.abs(forecast[i] - (mean + deviation * z)) / deviation).toBeLessThan(1e-5)
    })
    const bounds = [0, 1].map((side) =>
      quantiles[0].map((q, i) => [q, quantiles[1][i]].sort((a, b) => a - b)[side]),
    )
    margins.push(bounds[0].map((bound, i) => bound - (lower![i] - mean) / deviation))
    margins.push(bounds[1].map((bound, i) => (upper![i] - mean) / deviation - bound))
  }
  const differences = margins.flatMap((margin) => margin.map((value, i) => value - margins[0][i]))
  expect(Math.max(...differences.map(Math.abs))).toBeLessThan(1e-4)
})

test('an encoder that has seen test rows is told', async () => {
  const model = denseAutoencoder({ window: 12, columns: 3, units: [5] })
  const all = { ...short, known: [] }
  const encoder = await fit(model, series, { epochs: 1 })
  expect((await fitForecaster(series, { ...all, encoder })).warnings).toEqual([
    'the encoder was trained on rows that test the forecaster, so that its errors may be too small',
  ])
  const segments = series.segments.map((segment) => ({ ...segment, end: segment.end - 160 }))
  const fair = await fit(model, { ...series, segments }, { epochs: 1 })
  expect((await fitForecaster(series, { ...all, encoder: fair })).warnings).toEqual([])
})

test('no window trains that ends before the encoder’s first', async () => {
  const starts = async (window: number) =>
    (await fitForecaster(series, await withEncoder(window))).run.series.segments.map(({ start }) => start)
  expect(await starts(24)).toEqual([0, 800])
  expect(await starts(30)).toEqual([6, 806])
})

/** What tfjs makes of the window before a row. */
function predicted({ run, settings }: ForecastRun, start: number): number[][] {
  const { values, columns } = run.series
  const rows = values.slice((start - settings.window) * columns.length, start * columns.length)
  return tf.tidy(() => {
    const outputs = run.model.predict(tf.tensor3d(rows, [1, settings.window, columns.length])) as tf.Tensor[]
    return outputs.map((output) => [...output.dataSync()])
  })
}

test.each([0, 0.2])('no test row has a part in the file, where %d validate', async (validationSplit) => {
  const asked = { ...(await withEncoder(30)), validationSplit }
  const first = await fitForecaster(series, asked)
  const changed = { ...series, values: series.values.slice() }
  for (const { start, end } of first.parts.test)
    for (let i = 3 * start; i < 3 * end; i++) changed.values[i] = 1000 - 3 * changed.values[i]
  const second = await fitForecaster(changed, asked)
  expect(second.forecaster()).toEqual(first.forecaster())
  expect(second.evaluation).not.toEqual(first.evaluation)
})

test('intervals hold what they should of the validation windows', async () => {
  const run = await fitForecaster(series, { ...short, coverage: 0.8 })
  const forecaster = await loadForecaster(run.forecaster())
  const inside = new Float64Array(6)
  let windows = 0
  for (const { start, end, name } of run.parts.validation) {
    for (let row = start; row + 6 <= end; row++) {
      const rows = windowBefore(row)
      const { lower, upper } = await forecaster.forecast(rows, { end: hourBefore(row), group: name })
      for (let step = 0; step < 6; step++) {
        const load = series.values[3 * (row + step)]
        if (load >= lower![step] && load <= upper![step]) inside[step]++
      }
      windows++
    }
  }
  await forecaster.dispose()
  expect(windows).toBe(2 * (128 - 5))
  for (const count of inside) {
    // the value that tells the margin lies on its interval's end, where rounding decides
    expect(count).toBeGreaterThanOrEqual(Math.ceil(0.8 * (windows + 1)) - 1)
    expect(count).toBeLessThanOrEqual(Math.ceil(0.8 * (windows + 1)))
  }
})

const windowBefore = (row: number): number[][] =>
  Array.from({ length: 24 }, (_, i) => row - 24 + i).map((at) => [
    series.values[3 * at],
    series.values[3 * at + 2],
    series.values[3 * (at + 6) + 1],
  ])

const hourBefore = (row: number): Date => new Date(Number(series.time!.values[row - 1]) / 1000)

test('the evaluation is that of forecasts made one by one', async () => {
  const run = await fitForecaster(series, short)
  const forecaster = await loadForecaster(run.forecaster())
  const found = [0, 1].map(() => ({ squares: 0, inside: 0, values: 0, naive: 0, ratios: 0 }))
  for (const { start, end, name } of run.parts.test) {
    const sums = found[name === 'small' ? 0 : 1]
    const train = run.parts.train.filter((segment) => segment.name === name)
    const { deviation } = standardOf(series, 0, train)
    const load = (row: number) => series.values[3 * row]
    const seasonal = train.flatMap((part) =>
      Array.from({ length: part.end - part.start - 24 }, (_, i) =>
        Math.abs(load(part.start + i + 24) - load(part.start + i)),
      ),
    )
    const naive = seasonal.reduce((a, b) => a + b) / seasonal.length
    for (let row = start; row + 6 <= end; row++) {
      const { forecast, lower, upper } = await forecaster.forecast(windowBefore(row), {
        end: hourBefore(row),
        group: name,
      })
      for (let step = 0; step < 6; step++) {
        const actual = load(row + step)
        sums.values++
        sums.squares += ((forecast[step] - actual) / deviation) ** 2
        sums.naive += Math.abs(load(row + step - 24) - actual) / naive
        sums.ratios += Math.abs(forecast[step] - actual) / naive
        if (actual >= lower![step] && actual <= upper![step]) sums.inside++
      }
    }
  }
  await forecaster.dispose()
  const { bySeries, windows } = run.evaluation!
  expect(windows).toBe(2 * 155)
  found.forEach(({ squares, inside, values, naive, ratios }, i) => {
    const { forecaster: ours, seasonalNaive } = bySeries[i]
    expect([ours.values, bySeries[i].windows]).toEqual([values, 155])
    expect(ours.scaled.mse).toBeCloseTo(squares / values, 6)
    expect(ours.mase).toBeCloseTo(ratios / values, 6)
    expect(ours.coverage).toBe(inside / values)
    expect(seasonalNaive!.mase).toBeCloseTo(naive / values, 6)
  })
})

test('a training that was interrupted and resumed gives the same file', async () => {
  const asked = { ...(await withEncoder(12)), epochs: 3 }
  const whole = await fitForecaster(series, asked)
  const stop = new AbortController()
  const { run } = await fitForecaster(series, {
    ...asked,
    signal: stop.signal,
    onEpoch: () => stop.abort(),
  })
  expect([run.stopped, run.epochs.length]).toEqual(['signal', 1])
  const resumed = await fitForecaster(series, { ...asked, resume: run.checkpoint })
  expect(resumed.forecaster()).toEqual(whole.forecaster())
})

test('a plain series without times, groups or intervals is enough', async () => {
  const { time, groupBy, ...rest } = series
  const plain = {
    ...rest,
    segments: [
      { start: 0, end: 500 },
      { start: 520, end: 800 },
    ],
  }
  const run = await fitForecaster(plain, {
    horizon: 4,
    window: 8,
    epochs: 1,
    coverage: 0,
    validationSplit: 0,
  })
  expect(run.settings).toEqual({
    targets: ['load', 'plan', 'temperature'],
    others: [],
    known: [],
    horizon: 4,
    window: 8,
    features: 0,
    cycles: [],
    coverage: 0,
    testSplit: 0.2,
    season: undefined,
  })
  expect(run.parts.test).toEqual([{ start: 644, end: 800 }])
  expect(run.evaluation!.windows).toBe(153)
  expect(run.evaluation!.bySeries).toEqual([])
  expect(run.evaluation!.seasonalNaive).toBeUndefined()
  expect(run.evaluation!.forecaster.coverage).toBeUndefined()
  expect(run.evaluation!.examples[0].lower).toBeUndefined()
})

test('without test rows there is no evaluation', async () => {
  const run = await fitForecaster(series, { ...short, testSplit: 0 })
  expect(run.evaluation).toBeUndefined()
  expect(run.parts.test).toEqual([])
})

test('too few validation windows for the intervals are told', async () => {
  const { warnings } = await fitForecaster(series, { ...short, coverage: 0.999 })
  expect(warnings).toEqual([
    '246 validation windows are too few for intervals that hold 99.9 % of the values; use a larger validationSplit',
  ])
})

test.each([
  [{ horizons: 3 }, /^fitForecaster: option "horizons" is unknown; use targets, known, horizon, window/],
  [{ scaler: 'minmax' }, /^fitForecaster: option "scaler" is unknown/],
  [{ horizon: 0 }, /^horizon 0 is not allowed; use a whole number above 0$/],
  [{ window: 2.5 }, /^window 2.5 is not allowed; use a whole number above 0$/],
  [{ season: -1 }, /^season -1 is not allowed; use a whole number above 0$/],
  [{ coverage: 1 }, /^coverage 1 is not allowed; use 0 \(no intervals\) to below 1$/],
  [{ testSplit: 1 }, /^testSplit 1 is not allowed; use 0 to below 1$/],
  [
    { cycles: ['month'] },
    /^cycles \["month"\] is not allowed; use a list of different ones of day, week, year$/,
  ],
  [{ cycles: ['day', 'day'] }, /^cycles \["day","day"\] is not allowed/],
  [{ epochs: 0 }, /^epochs 0 is not allowed; use auto or a whole number above 0$/],
  [{ targets: ['lode'] }, /^targets: there is no column "lode"; use load, plan, temperature$/],
  [{ units: [0] }, /^units 0 is not allowed/],
  [{ testSplit: 0.0001 }, /^testSplit 0.0001 of 800 rows leaves none to test on; use a larger one, or 0 for/],
  [
    { testSplit: 0.005 },
    /^nothing to test on: 6 test rows without a gap are needed, and 24 rows before them; the longest run of test rows has 4/,
  ],
])('%j is refused', async (asked, message) => {
  await expect(fitForecaster(series, { ...short, ...asked } as ForecasterFitOptions)).rejects.toThrow(message)
})

test('cycles need time stamps', async () => {
  const { time, ...rest } = series
  await expect(fitForecaster(rest, { ...short, cycles: ['day'] })).rejects.toThrow(
    'cycles day need time stamps, and the series has no times; leave them out',
  )
})

test('an encoder sees measured columns alone', async () => {
  const { encoder } = await withEncoder(12)
  await expect(
    fitForecaster(series, { ...short, targets: ['temperature'], known: ['load'], encoder }),
  ).rejects.toThrow(
    'encoder: its column "load" is known ahead, which no encoder sees; it needs temperature, load',
  )
  const two = { ...series, columns: ['load', 'plan', 'heat'] }
  await expect(fitForecaster(two, { ...short, encoder })).rejects.toThrow(
    'encoder: its column "temperature" is not in the series; it needs temperature, load',
  )
})
