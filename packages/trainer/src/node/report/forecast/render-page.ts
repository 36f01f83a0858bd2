import type { Drawing } from '../drawing.js'
import { html } from '../html.js'
import { facts, figure, footer, header, page, type Section } from '../page.js'
import { trainingSection } from '../training-section.js'
import { counted, grouped, spoken } from '../words.js'
import { comparisonTables, seriesTable, targetTable } from './measure-tables.js'
import type { ForecastPage } from './page-data.js'
import { forecastLead, forecastTiles, rowsOf } from './page-summary.js'
import { coverageFigure, errorFigure } from './step-figures.js'
import { stripFigure } from './strip-figure.js'

/** forecast.html: one file that needs no network and no script. */
export function renderForecastPage(data: ForecastPage, drawing: Drawing): string {
  const name = data.source ?? 'A trained forecaster'
  const sections = [
    ...stripSection(data, drawing),
    ...testSection(data, drawing),
    ...seriesSection(data),
    trainingSection(data, drawing, { wide: true }),
    rowsSection(data),
    useSection(data),
  ]
  const head = header('Forecast', name, forecastLead(data), forecastTiles(data), data.warnings)
  return page(`Forecast: ${name}`, head, sections, footer(data))
}

function stripSection({ strips, settings }: ForecastPage, drawing: Drawing): Section[] {
  if (strips.length === 0) return []
  const { targets, coverage } = settings
  return [
    {
      id: 'forecasts',
      title: 'Forecasts',
      intro: 'Values are as they were measured.',
      content: html`<div class="grid">${strips.map((strip) => figure(stripFigure(drawing, strip, targets, coverage)))}</div>`,
    },
  ]
}

function testSection({ evaluation, settings }: ForecastPage, drawing: Drawing): Section[] {
  if (evaluation === undefined) return []
  const { horizon, coverage } = settings
  const pictures =
    horizon === 1
      ? []
      : [
          errorFigure(drawing, evaluation),
          ...(coverage > 0 ? [coverageFigure(drawing, evaluation, coverage)] : []),
        ]
  return [
    {
      id: 'test',
      title: 'How good it is',
      intro:
        'Measured on test rows, the last ones of each series, which neither trained nor chose the network: a forecast from every row on whose horizon lies in them. MSE and MAE are of values divided by their standard deviation in the training rows. Persistence repeats the last value; seasonal-naive repeats the last season.' +
        (settings.features > 0
          ? ' The encoder was trained before, on rows of its own, which may be among them.'
          : ''),
      content: html`<div class="stack">${comparisonTables(evaluation)}
${pictures.length > 0 && html`<div class="halves">${pictures.map(figure)}</div>`}
<div class="card records">${targetTable(evaluation)}</div></div>`,
    },
  ]
}

function seriesSection({ evaluation, rows }: ForecastPage): Section[] {
  if (evaluation === undefined || evaluation.bySeries.length < 2) return []
  return [
    {
      id: 'series',
      title: 'Series by series',
      intro: 'One network forecasts all of them, each scaled by its own mean and deviation.',
      content: html`<div class="card records">${seriesTable(evaluation, rows.groupBy)}</div>`,
    },
  ]
}

function rowsSection({ rows, settings }: ForecastPage): Section {
  const { targets, others, known, cycles, features, horizon, window, season } = settings
  const each = rows.groups > 1 ? ' of each group' : ''
  return {
    id: 'data',
    title: 'Data',
    content: html`<div class="halves"><div class="card"><h3>Rows</h3>${facts([
      ['rows', grouped(rows.rows)],
      ['trained on', `${grouped(rows.training)}, the first${each}`],
      ['validated on', rows.validation > 0 ? `${grouped(rows.validation)} after them` : 'none'],
      ['tested on', rows.test > 0 ? `the last ${grouped(rows.test)}` : 'none'],
      ...(rows.step ? [['from row to row', spoken(rows.step)] as const] : []),
      ...(rows.groups > 0
        ? [['groups', `${grouped(rows.groups)}, by ${rows.groupBy ?? 'name'}`] as const]
        : []),
      ['season', season ? rowsOf(season, rows.step) : 'none'],
    ])}</div>
<div class="card"><h3>What it sees</h3>${facts([
      ['window', rowsOf(window, rows.step)],
      ['horizon', rowsOf(horizon, rows.step)],
      ['targets', targets.join(', ')],
      ['other columns', others.join(', ') || 'none'],
      ['known ahead', known.join(', ') || 'none'],
      ['calendar', cycles.join(', ') || 'none'],
      ['encoder', features > 0 ? counted(features, 'feature') : 'none'],
    ])}</div></div>`,
  }
}

function useSection({ settings, rows }: ForecastPage): Section {
  const { targets, others, known, cycles } = settings
  const columns = [...targets, ...others, ...known]
  const shown = `[${columns.slice(0, 4).join(', ')}${columns.length > 4 ? ', …' : ''}]`
  const more = [...(cycles.length > 0 ? ['end: new Date()'] : []), ...(rows.groups > 1 ? ["group: '…'"] : [])]
  const options = more.length > 0 ? `, { ${more.join(', ')} }` : ''
  return {
    id: 'use',
    title: 'How to run it',
    intro:
      'forecaster.onnx is the file to ship: raw values in, raw forecasts out; scaling and the encoder are inside.',
    content: html`<div class="stack"><div class="card"><h3>On a file</h3>
<pre>npx tempocode forecast . data.csv --out forecast.csv</pre></div>
<div class="card"><h3>In JavaScript</h3>
<pre>import { loadForecaster } from '@tempocode/runtime'
const forecaster = await loadForecaster('forecaster.onnx')
// rows: forecaster.window rows of ${shown}, as measured
const { forecast, lower, upper } = await forecaster.forecast(rows${options})</pre></div></div>`,
  }
}
