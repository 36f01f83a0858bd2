import { familyTable } from '../family/report.js'
import { machineLine } from '../report.js'
import { digits, table } from '../table.js'
import type { Aim, QualityResults, SetResult } from './results.js'

/** All that was measured, as Markdown; what misses its aim is marked so. */
export const qualityReport = (results: QualityResults): string =>
  Object.entries(results)
    .map(([name, result]) => setReport(name, result))
    .join('\n\n')

function setReport(name: string, { protocol, machine, seeds, seconds, tables, aims }: SetResult): string {
  const head = `${machineLine(machine, false)}, ${seeds} seeds, ${Math.round(seconds)} s`
  return [`## ${name}`, head, protocol, ...tables.map(familyTable), aimTable(aims)].join('\n\n')
}

export const aimTable = (aims: readonly Aim[]): string =>
  table(
    ['what should hold', 'is', 'at least'],
    aims.map(({ what, value, atLeast }) => {
      const is = value >= atLeast ? digits(value) : `MISSES ${digits(value)}`
      return [what, is, digits(atLeast)]
    }),
  )
