import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeMetadata } from '../metadata.js'
import { loadForecaster } from '../node.js'
import { rewriteModel } from '../rewrite-model.js'
import type { SessionDevice } from '../session.js'
import { COLUMNS, rawValues, WINDOW } from '../testing/encoder-file.js'
import { failure } from '../testing/failure.js'
import {
  forecasterMetadata,
  forecastOf,
  plainForecaster,
  TIME_STEP,
  withDay,
  writeForecaster,
} from '../testing/forecaster-file.js'
import type { Forecaster, ForecastOptions } from './forecaster.js'

const START = Date.parse('2026-03-11T05:00:00Z') / 1000
const endsOf = (n: number) => Array.from({ length: n }, (_, w) => START + w * TIME_STEP)
const close = (values: ArrayLike<number>) => Array.from(values, (value) => expect.closeTo(value, 3))

describe.each<SessionDevice>(['cpu', 'wasm'])('on %s', (device) => {
  let forecaster: Forecaster
  beforeAll(async () => {
    forecaster = await loadForecaster(writeForecaster(), { device, verify: true })
  })
  afterAll(() => forecaster.dispose())

  test('says what it is', () => {
    expect(forecaster).toMatchObject({
      device,
      window: WINDOW,
      horizon: 3,
      columns: COLUMNS,
      targets: ['pressure'],
      known: ['flow'],
      cycles: ['day'],
      groups: ['pump', 'fan'],
      coverage: 0.9,
      metadata: forecasterMetadata(),
    })
  })

  test.each([1, 512, 1100])('forecasts what follows %i windows, each of its time and group', async (n) => {
    const rows = rawValues(n)
    const numbers = Array.from({ length: n }, (_, w) => (w % 3 === 0 ? 1 : 0))
    const due = forecastOf(withDay(rows, endsOf(n)), numbers)
    const group = numbers.map((number) => ['pump', 'fan'][number])
    const { forecast, lower, upper, shape } = await forecaster.forecast(rows, { end: endsOf(n), group })
    expect(shape).toEqual([n, 3, 1])
    expect([...forecast]).toEqual(close(due.forecast))
    expect([...lower!]).toEqual(close(due.lower))
    expect([...upper!]).toEqual(close(due.upper))
  })

  test('verify measures the distance to the golden forecasts', async () => {
    const { error, ...rest } = await forecaster.verify()
    expect(rest).toEqual({ tolerance: 1e-5, device })
    expect(error).toBeLessThan(1e-6)
  })
})

describe('rows, times and groups', () => {
  let forecaster: Forecaster
  beforeAll(async () => {
    forecaster = await loadForecaster(writeForecaster(), { device: 'cpu' })
  })
  afterAll(() => forecaster.dispose())
  const rows = rawValues(2)
  const end = endsOf(2)

  test('rows may be lists, times dates, and a group that of all windows', async () => {
    const due = await forecaster.forecast(rows, { end, group: ['fan', 'fan'] })
    const lists = Array.from({ length: 2 * WINDOW }, (_, r) => [...rows.subarray(2 * r, 2 * r + 2)])
    const dates = end.map((seconds) => new Date(1000 * seconds))
    expect(await forecaster.forecast(lists, { end: dates, group: 'fan' })).toEqual(due)
    const [last] = dates
    const one = await forecaster.forecast(lists.slice(0, WINDOW), { end: last, group: 'fan' })
    expect([...one.forecast]).toEqual(close(due.forecast.subarray(0, 3)))
  })

  test.each<[string, ForecastOptions, string]>([
    ['no times', { group: 'fan' }, 'end is missing, and this forecaster knows day; give end, the time of'],
    ['one time for two windows', { end: START, group: 'fan' }, 'end has 1 times for 2 windows; give end'],
    ['a time that is none', { end: [START, Number.NaN], group: 'fan' }, 'end of window 2 is NaN; give end'],
    ['a wrong date', { end: [new Date('x'), START], group: 'fan' }, 'end of window 1 is NaN; give end'],
    ['a text', { end: [START, '2026'] as never, group: 'fan' }, 'end of window 2 is a string; give end'],
    ['no group', { end }, 'group is missing; give one of pump, fan, or one for each window'],
    ['a group unknown', { end, group: ['fan', 'mill'] }, 'group "mill" is unknown; use one of pump, fan'],
    ['a number', { end, group: 1 as never }, 'group is a number; use one of pump, fan'],
    ['too few groups', { end, group: ['fan'] }, 'there are 1 groups for 2 windows; give one for each'],
  ])('%s: refused', async (_, options, message) => {
    const error = await failure(() => forecaster.forecast(rows, options))
    expect([error.code, error.message]).toEqual(['data', expect.stringContaining(message)])
  })

  test.each<[string, Float32Array | number[][], string]>([
    ['no rows', new Float32Array(), 'rows have 0 numbers; they must be windows of 4 rows of 2 columns'],
    ['a row too few', rows.subarray(2), 'rows have 14 numbers; they must be windows of 4 rows of 2 columns'],
    ['the cycles too', [[1, 2, 0, 1]], 'there are 1 rows; they must be windows of 4 rows'],
  ])('%s: refused', async (_, wrong, message) => {
    const error = await failure(() => forecaster.forecast(wrong, { end, group: 'fan' }))
    expect([error.code, error.message]).toEqual(['data', expect.stringContaining(message)])
  })

  test('unknown options are refused, and a signal ends it', async () => {
    const error = await failure(() => forecaster.forecast(rows, { times: end } as ForecastOptions))
    expect(error.message).toBe('option "times" is unknown; use end, group, signal')
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    await expect(forecaster.forecast(rows, { end, group: 'fan', signal })).rejects.toBe(reason)
  })
})

test('without groups, calendar and interval it takes rows alone, and gives the forecast alone', async () => {
  const { bytes, metadata } = plainForecaster()
  const forecaster = await loadForecaster(bytes, { device: 'cpu', verify: true })
  expect(forecaster).toMatchObject({ known: [], cycles: [], groups: [], coverage: undefined })
  const { input, outputs } = metadata.golden
  const given = await forecaster.forecast(input.data, { end: START })
  expect(Object.keys(given)).toEqual(['forecast', 'shape'])
  expect([...given.forecast]).toEqual(close(outputs.forecast.data))
  const error = await failure(() => forecaster.forecast(input.data, { group: 'fan' }))
  expect(error.message).toBe('group is given, and this forecaster knows no groups; leave it out')
  await forecaster.dispose()
  expect(await failure(() => forecaster.forecast(input.data))).toMatchObject({
    code: 'device',
    message: 'the forecaster is disposed; load it again',
  })
})

test('a single group may be named, and need not be', async () => {
  const { bytes, metadata } = plainForecaster()
  const one = rewriteModel(bytes, {
    metadata: writeMetadata({ ...metadata, groups: ['pump'] }),
    valuesOf: () => undefined,
  })
  const forecaster = await loadForecaster(one, { device: 'cpu' })
  const rows = rawValues(2)
  expect(await forecaster.forecast(rows, { group: 'pump' })).toEqual(await forecaster.forecast(rows))
  const error = await failure(() => forecaster.forecast(rows, { group: 'fan' }))
  expect(error.message).toBe('group "fan" is unknown; use one of pump')
  await forecaster.dispose()
})
