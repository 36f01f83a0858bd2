import { checkTable, familyTable } from '../family/report.js'
import { machineLine } from '../report.js'
import type { ForecastResults } from './results.js'

/** All that was measured, as Markdown; what misses its limit is marked so. */
export function forecastReport({
  protocol,
  machine,
  seeds,
  seconds,
  tables,
  checks,
}: ForecastResults): string {
  const head = `${machineLine(machine, false)}, ${seeds} seeds, ${Math.round(seconds)} s`
  return [head, protocol, ...tables.map(familyTable), ...checkTable(checks)].join('\n\n')
}
