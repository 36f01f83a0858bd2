import { version } from '@tempocode/core'
import { plot } from '@tempocode/models'
import type { ForecastOfGroup } from '../../../forecast/forecast-rows.js'
import type { ForecastRun } from '../../../forecast/run.js'
import { countRows, groupsOf } from '../../../segments.js'
import type { Series } from '../../../series.js'
import { timeStep } from '../../../time-step.js'
import { openDrawing } from '../drawing.js'
import { sourceOf, trainingOf } from '../gather-report.js'
import { renderForecastPage } from './render-page.js'
import { stripsOf } from './strips.js'

export interface ForecastReportOptions {
  /** What follows the rows, of each group, to be shown behind them. */
  ahead?: readonly ForecastOfGroup[]
  /** Where the rows come from, where the command knows it: `{ source: { data } }`. */
  details?: Record<string, unknown>
}

/**
 * forecast.html of a forecaster: what it forecasts, how far it was off and how often values were within their intervals,
 * in pictures and words; one page that needs no network and no script, for light and dark screens, phones and paper.
 * @param series what it was trained on
 * @returns the page's HTML
 */
export async function forecastReportOf(
  { run, settings, parts, evaluation, warnings }: ForecastRun,
  series: Series,
  { ahead = [], details = {} }: ForecastReportOptions = {},
): Promise<string> {
  const { model } = run
  const { time, segments, groupBy, rows } = series
  const groups = groupsOf(segments).filter(([{ name }]) => name !== undefined)
  const page = {
    source: sourceOf(details),
    version,
    written: new Date(),
    settings,
    network: { name: model.name, parameters: model.countParams(), picture: plot(model) },
    training: trainingOf(run),
    rows: {
      rows,
      training: countRows(parts.train),
      validation: countRows(parts.validation),
      test: countRows(parts.test),
      step: time?.kind === 'timestamp' ? timeStep(series) : undefined,
      groups: groups.length,
      groupBy,
    },
    evaluation,
    strips: stripsOf(series, settings.targets, settings.horizon, {
      examples: evaluation?.examples ?? [],
      ahead,
    }),
    warnings: [...new Set(warnings)],
  }
  return renderForecastPage(page, await openDrawing())
}
