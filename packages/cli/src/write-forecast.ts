import type { Forecaster } from '@tempocode/runtime'
import type { ForecastOfGroup, Series } from '@tempocode/trainer'
import { openTable } from '@tempocode/trainer/node'
import { keyColumns } from './table-keys.js'

/**
 * Writes forecasts into a table, a row for each row that is forecast: the group if there are groups; its time, or its
 * number where rows have no times; then of each target its forecast and, where there are intervals, their bounds:
 * `OT`, `OT_lower`, `OT_upper`.
 * @param path ends in .csv or .parquet; it appears when all is written
 * @returns the number of rows
 * @throws TempocodeError `file` where the table cannot be written
 */
export async function writeForecast(
  { targets, horizon }: Pick<Forecaster, 'targets' | 'horizon'>,
  forecasts: readonly ForecastOfGroup[],
  series: Series,
  path: string,
): Promise<number> {
  const isInterval = forecasts.some(({ lower }) => lower !== undefined)
  const columns = targets.flatMap((name) => (isInterval ? [name, `${name}_lower`, `${name}_upper`] : [name]))
  const table = await openTable(path, keyColumns(series, series.groupBy), columns)
  for (const { group, end, times, forecast, lower, upper } of forecasts) {
    const names = series.groupBy === undefined ? [] : [Array.from({ length: horizon }, () => group ?? '')]
    const rows = times ?? Int32Array.from({ length: horizon }, (_, step) => end + 1 + step)
    const parts = lower && upper ? [forecast, lower, upper] : [forecast]
    const values = Float32Array.from(
      { length: horizon * columns.length },
      (_, i) => parts[i % parts.length][Math.floor(i / parts.length)],
    )
    await table.append([...names, rows], values)
  }
  await table.close()
  return forecasts.length * horizon
}
