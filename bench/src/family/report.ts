import { atMost, machineLine } from '../report.js'
import { digits, table } from '../table.js'
import type { FamilyResult, FamilyResults, Measure, Table } from './results.js'

/** All that was measured of the family, as Markdown; what misses its limit is marked so. */
export const familyReport = (results: FamilyResults): string =>
  Object.entries(results)
    .map(([name, result]) => rowReport(name, result))
    .join('\n\n')

function rowReport(
  name: string,
  { protocol, machine, quick, seconds, tables, checks }: FamilyResult,
): string {
  const head = `${machineLine(machine, quick)}, ${Math.round(seconds)} s`
  return [`## ${name}`, head, protocol, ...tables.map(familyTable), ...checkTable(checks)].join('\n\n')
}

/** Markdown of one table. */
export function familyTable({ title, shows, lines }: Table): string {
  const heads = [...new Set(lines.flatMap(({ cells }) => Object.keys(cells)))]
  const cell = (value: Measure | number | undefined) =>
    typeof value === 'object' ? SHOWN[shows](value) : digits(value)
  return table(
    [title, ...heads],
    lines.map(({ name, cells }) => [name, ...heads.map((head) => cell(cells[head]))]),
  )
}

const SHOWN: Record<Table['shows'], (measure: Measure) => string> = {
  'mean and deviation': ({ mean, deviation }) => `${digits(mean)} ± ${Number(deviation.toPrecision(2))}`,
  median: ({ median }) => digits(median),
  'median and range': ({ median, seeds }) =>
    `${digits(median)} (${digits(Math.min(...seeds))} … ${digits(Math.max(...seeds))})`,
}

/** None where nothing is to hold. */
export const checkTable = (checks: FamilyResult['checks']): string[] =>
  checks.length === 0
    ? []
    : [
        table(
          ['what should hold', 'is', 'at most'],
          checks.map((check) => [check.what, atMost(check.value, check.atMost), digits(check.atMost)]),
        ),
      ]
