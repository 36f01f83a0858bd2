import type { Comparison, ForecastEvaluation, ForecastMeasures } from '../../../forecast/evaluation.js'
import { type Html, html } from '../html.js'
import { type Cell, table } from '../page.js'
import { counted, digits, grouped, percent } from '../words.js'
import { methodsOf } from './step-figures.js'

const MOST = 20 // rows of a table

const of = (value: number | undefined, say: (value: number) => string): string =>
  value === undefined || Number.isNaN(value) ? '-' : say(value)

const percents = (value: number) => `${digits(value)} %`

/** The forecaster beside what it has to beat, over all test windows and over those that move farthest. */
export function comparisonTables(evaluation: ForecastEvaluation): Html {
  const { windows, extremes } = evaluation
  return html`<div class="halves">
<div class="card"><h3>All ${grouped(windows)} test windows</h3>${comparisonTable('All test windows', evaluation)}</div>
<div class="card"><h3>The ${grouped(extremes.windows)} that move farthest</h3>${comparisonTable('The test windows that move farthest', extremes)}</div>
</div>`
}

function comparisonTable(caption: string, comparison: Comparison): Html {
  const rows = methodsOf(comparison).map(({ key, name }): Cell[] => {
    const { scaled, smape, mase } = comparison[key]!
    return [name, digits(scaled.mse), digits(scaled.mae), percents(smape), of(mase, digits)]
  })
  return table(caption, ['', 'MSE', 'MAE', 'sMAPE', 'MASE'], rows)
}

/** Of each target, in its own unit. */
export function targetTable(evaluation: ForecastEvaluation): Html {
  const { byTarget } = evaluation
  const methods = methodsOf(evaluation)
  const interval = evaluation.forecaster.coverage !== undefined
  const head = [
    'target',
    ...methods.map(({ name }) => `MAE, ${name}`),
    'sMAPE',
    'MASE',
    ...(interval ? ['in interval', 'interval width'] : []),
  ]
  const rows = byTarget.slice(0, MOST).map((comparison): Cell[] => {
    const { smape, mase, coverage, raw } = comparison.forecaster
    return [
      comparison.target,
      ...methods.map(({ key }) => digits(comparison[key]!.raw.mae, 4)),
      percents(smape),
      of(mase, digits),
      ...(interval ? [of(coverage, percent), of(raw.width, (width) => digits(width, 4))] : []),
    ]
  })
  const title = byTarget.length > MOST ? `The first ${MOST} of ${byTarget.length} targets` : 'By target'
  return html`<h3>${title}</h3>${table(title, head, rows)}`
}

/** Of each group, the worst first. */
export function seriesTable(evaluation: ForecastEvaluation, groupBy = 'group'): Html {
  const { bySeries } = evaluation
  const methods = methodsOf(evaluation)
  const interval = evaluation.forecaster.coverage !== undefined
  const worst = [...bySeries].sort((a, b) => b.forecaster.scaled.mae - a.forecaster.scaled.mae).slice(0, MOST)
  const head = [
    groupBy,
    'windows',
    ...methods.map(({ name }) => `MAE, ${name}`),
    'MASE',
    ...(interval ? ['in interval'] : []),
  ]
  const rows = worst.map((comparison): Cell[] => {
    const { mase, coverage } = comparison.forecaster
    return [
      comparison.group,
      grouped(comparison.windows),
      ...methods.map(({ key }) => digits(comparison[key]!.scaled.mae)),
      of(mase, digits),
      ...(interval ? [of(coverage, percent)] : []),
    ]
  })
  const title =
    bySeries.length > MOST
      ? `The ${MOST} worst of ${counted(bySeries.length, 'group')}`
      : 'By group, the worst first'
  return html`<h3>${title}</h3>${table(title, head, rows)}`
}

/** How far below (or above) an error is, compared with another: `12 % below`. */
export function against(own: ForecastMeasures, other: ForecastMeasures): string {
  const part = own.scaled.mse / other.scaled.mse
  return `${digits(100 * Math.abs(1 - part))} % ${part < 1 ? 'below' : 'above'}`
}
