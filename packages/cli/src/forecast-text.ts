import type { Comparison, ForecastMeasures } from '@tempocode/trainer'
import type { SavedEvaluation } from './forecast-reuse.js'
import { counted, digits } from './output.js'

export type Line = [name: string, text: string]

/** The evaluation of a forecaster for people: what it misses, beside what it has to beat. */
export function evaluationLines(evaluation: SavedEvaluation): Line[] {
  const { windows, extremes, bySeries, forecaster } = evaluation
  const table = aligned([
    [counted(windows, 'window'), 'MSE', 'MAE', 'sMAPE', 'MASE'],
    ...rowsOf(evaluation),
    [`the ${extremes.windows} that move farthest`],
    ...rowsOf(extremes),
  ])
  return [
    ...table.map((text, i): Line => [i === 0 ? 'tested' : '', text]),
    ...intervalLine(forecaster),
    ...seriesLine(bySeries),
  ]
}

function rowsOf({ forecaster, persistence, seasonalNaive }: Comparison): string[][] {
  const row = (name: string, { scaled, smape, mase }: ForecastMeasures) => [
    `  ${name}`,
    digits(scaled.mse),
    digits(scaled.mae),
    `${digits(smape)} %`,
    number(mase),
  ]
  return [
    row('forecaster', forecaster),
    row('persistence', persistence),
    ...(seasonalNaive ? [row('seasonal-naive', seasonalNaive)] : []),
  ]
}

function intervalLine({ coverage, scaled }: ForecastMeasures): Line[] {
  if (coverage === undefined) return []
  return [
    [
      'intervals',
      `${(100 * coverage).toFixed(1)} % of the values within them; mean width ${number(scaled.width)}, scaled`,
    ],
  ]
}

function seriesLine(series: SavedEvaluation['bySeries']): Line[] {
  if (series.length < 2) return []
  const of = ({ forecaster }: Comparison) => forecaster.scaled.mae
  const order = [...series].sort((a, b) => of(a) - of(b))
  const [best, worst] = [order[0], order[order.length - 1]]
  const beaten = series.filter((one) => of(one) < one.persistence.scaled.mae).length
  return [
    [
      'groups',
      `MAE from ${digits(of(best))} (${best.group}) to ${digits(of(worst))} (${worst.group}); below persistence's in ${beaten} of ${series.length}`,
    ],
  ]
}

/** JSON has null for NaN. */
const number = (value: number | null | undefined) =>
  typeof value === 'number' && !Number.isNaN(value) ? digits(value) : '-'

/** Lines of cells: the first to the left, numbers to the right. */
function aligned(lines: readonly string[][]): string[] {
  const widths = lines[0].map((_, k) =>
    Math.max(...lines.filter((cells) => cells.length > 1).map((cells) => cells[k].length)),
  )
  return lines.map((cells) =>
    cells
      .map((cell, k) => (k === 0 && cells.length > 1 ? cell.padEnd(widths[0]) : cell.padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  )
}
