import { type Forecaster, loadForecaster } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Segment } from '../segments.js'
import type { Series, Time } from '../series.js'
import { fitForecaster } from './fit-forecaster.js'
import { forecastRows } from './forecast-rows.js'
import { machines } from './testing/machines.js'

const HORIZON = 6
const WINDOW = 24
const all = machines(400)

let forecaster: Forecaster
beforeAll(async () => {
  tf.enableProdMode()
  await tf.setBackend('cpu')
  const { forecaster: file } = await fitForecaster(all, {
    targets: ['load'],
    known: ['plan'],
    horizon: HORIZON,
    window: WINDOW,
    units: [4],
    epochs: 1,
  })
  forecaster = await loadForecaster(file())
})
afterAll(() => forecaster.dispose())

/** Some rows of each machine. */
function part(from: number, to: number): Series {
  const segments: Segment[] = all.segments.map(({ name }, i) => {
    return { start: i * (to - from), end: (i + 1) * (to - from), name }
  })
  const rows = all.segments.flatMap(({ start }) =>
    Array.from({ length: to - from }, (_, i) => start + from + i),
  )
  return {
    ...all,
    rows: rows.length,
    values: Float32Array.from(rows.flatMap((row) => [...all.values.subarray(3 * row, 3 * row + 3)])),
    time: {
      ...all.time!,
      values: BigInt64Array.from(rows, (row) => all.time!.values[row] as bigint),
    } as Time,
    segments,
  }
}

test('forecasts what follows each group, with what is known of it', async () => {
  const found = await forecastRows(forecaster, part(0, 300), { future: part(300, 310) })
  expect(found.map(({ group, end }) => [group, end])).toEqual([
    ['small', 300],
    ['large', 600],
  ])
  for (const [i, { start, name }] of all.segments.entries()) {
    const origin = start + 300
    const rows = Array.from({ length: WINDOW }, (_, k) => {
      const row = origin - WINDOW + k
      return [all.values[3 * row], all.values[3 * row + 2], all.values[3 * (row + HORIZON) + 1]]
    })
    const end = new Date(Number(all.time!.values[origin - 1]) / 1000)
    const { forecast, lower, upper } = await forecaster.forecast(rows, { end, group: name })
    expect(found[i]).toMatchObject({ forecast, lower, upper })
    expect(found[i].times).toEqual(all.time!.values.slice(origin, origin + HORIZON))
  }
})

test('rows of the future that are over are passed by, and none may be missing', async () => {
  const series = part(0, 300)
  const due = await forecastRows(forecaster, series, { future: part(300, 306) })
  expect(await forecastRows(forecaster, series, { future: part(250, 330) })).toEqual(due)
  await expect(forecastRows(forecaster, series, { future: part(250, 305) })).rejects.toThrow(
    'group "small": the future has 5 rows after the end; the known columns are needed for 6',
  )
  await expect(forecastRows(forecaster, series, { future: part(301, 320) })).rejects.toThrow(
    'group "small": row 1 of the future is 7200 after the last row; its time should be 3600 after it',
  )
})

test('where the future has no times, its first rows count', async () => {
  const { time, ...future } = part(300, 310)
  const due = await forecastRows(forecaster, part(0, 300), { future: part(300, 310) })
  expect(await forecastRows(forecaster, part(0, 300), { future })).toEqual(due)
})

test('what is missing is told', async () => {
  const series = part(0, 300)
  const future = part(300, 310)
  await expect(forecastRows(forecaster, series)).rejects.toThrow(
    'the forecaster knows plan ahead; give future, their values in the 6 rows to come',
  )
  await expect(forecastRows(forecaster, part(280, 300), { future })).rejects.toThrow(
    'group "small": the last 20 rows have no gap; a forecast needs 24',
  )
  const other = { ...series, columns: ['load', 'plan', 'heat'] }
  await expect(forecastRows(forecaster, other, { future })).rejects.toThrow(
    'the series has no column "temperature" (it has load, plan, heat); the forecaster needs it',
  )
  const unplanned = { ...future, columns: ['load', 'x', 'heat'] }
  await expect(forecastRows(forecaster, series, { future: unplanned })).rejects.toThrow(
    'the future has no column "plan"',
  )
  const unknown = { horizon: 3 } as object
  await expect(forecastRows(forecaster, series, unknown)).rejects.toThrow(
    'forecastRows: option "horizon" is unknown; use future, signal',
  )
})
