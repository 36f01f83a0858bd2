import type { Forecaster } from '@tempocode/runtime'
import type { Forecast } from './errors.js'
import { type Data, HORIZON } from './etth1.js'

/** What a forecaster's file makes of the rows before each origin, scaled. */
export async function forecasts(
  file: Forecaster,
  { series, center, scale }: Data,
  origins: readonly number[],
): Promise<Forecast> {
  const { values, columns, time } = series
  const order = file.columns.map((name) => columns.indexOf(name))
  const size = file.window * order.length
  const rows = Float32Array.from({ length: origins.length * size }, (_, i) => {
    const place = i % size
    const row = origins[Math.floor(i / size)] - file.window + Math.floor(place / order.length)
    return values[row * columns.length + order[place % order.length]]
  })
  const end = origins.map((origin) => Number(time?.values[origin - 1]) / 1e6)
  const { forecast } = await file.forecast(rows, { end })
  return (window, step, target) => {
    const column = order[target]
    const value = forecast[(window * HORIZON + step) * file.targets.length + target]
    return (value - center[column]) / scale[column]
  }
}
