import { alarmTable } from './alarm-table.js'
import { alarmsOf } from './alarms.js'
import type { Drawing } from './drawing.js'
import { columnErrorsFigure, meanErrors } from './figures/column-errors.js'
import { exampleFigures, isPrediction } from './figures/examples.js'
import { featuresFigure } from './figures/features.js'
import { histogramFigure } from './figures/histogram.js'
import { scoresFigure } from './figures/scores.js'
import { html } from './html.js'
import { facts, figure, footer, header, page, type Section, table } from './page.js'
import type { Measured, ReportData } from './report-data.js'
import { leadOf, tilesOf } from './summary.js'
import { trainingSection } from './training-section.js'
import { counted, digits, grouped } from './words.js'

/** The report as one file of HTML that needs no network and no script. */
export function renderReport(data: ReportData, drawing: Drawing): string {
  const { measured } = data
  const name = data.source ?? 'A trained autoencoder'
  const sections = [
    ...('missing' in measured
      ? [missingSection(measured.missing)]
      : measuredSections(data, measured, drawing)),
    trainingSection(data, drawing, { note: ' The code is what the encoder gives: the features.' }),
    dataSection(data),
    useSection(data),
  ]
  const head = header('Training report', name, leadOf(data), tilesOf(data), data.warnings)
  return page(`Report: ${name}`, head, sections, footer(data))
}

function measuredSections(data: ReportData, measured: Measured, drawing: Drawing): Section[] {
  const { columns, features, masked } = data.network
  const kind = masked ? 'sequences' : 'windows'
  const alarms = alarmsOf(measured)
  return [
    {
      id: 'windows',
      title: predictsAlone(measured) ? 'Predictions' : 'Reconstructions',
      intro: `${data.training.heldOut ? `Of the held-out ${kind}, which it was not trained on` : `Of the ${kind} that it was trained on, for none were held out`}: the one with the lowest score, the one in the middle, and the one with the highest. Values are as they were measured.`,
      content: html`<div class="grid">${exampleFigures(drawing, measured, columns, kind.slice(0, -1)).map(figure)}</div>`,
    },
    {
      id: 'scores',
      title: 'Scores and alarms',
      intro: `The score of a ${kind.slice(0, -1)} is ${measured.score}: the higher, the less it is like what was learnt. A score above the threshold is an alarm.`,
      content: html`<div class="grid">${figure(scoresFigure(drawing, measured, kind))}
${alarms.length > 0 && html`<div class="card whole records">${alarmTable(measured, alarms, columns)}</div>`}</div>`,
    },
    {
      id: 'errors',
      title: 'Errors and features',
      content: html`<div class="grid">${[
        histogramFigure(drawing, measured, kind),
        columnErrorsFigure(drawing, measured, columns),
        featuresFigure(drawing, measured, features, kind),
      ].map(figure)}</div>`,
    },
  ]
}

const predictsAlone = ({ examples }: Measured) =>
  examples.every(({ heads }) => heads.every(({ name }) => isPrediction(name)))

const missingSection = (reason: string): Section => ({
  id: 'windows',
  title: 'Reconstructions',
  content: html`<p>Not known: ${reason}.</p>`,
})

function dataSection({ data, measured }: ReportData): Section {
  const { rows, trainingRows, heldOutRows, columns, span, step, groups, groupBy, gaps, scaler, scale } = data
  const errors = 'missing' in measured ? undefined : meanErrors(measured)
  const body = columns.map(({ name, least, mean, most }, i) => [
    name,
    digits(least, 5),
    digits(mean, 5),
    digits(most, 5),
    ...(errors ? [digits(errors[i]), digits(errors[i] * scale[i])] : []),
  ])
  const head = ['column', 'least', 'mean', 'most', ...(errors ? ['error, scaled', 'error, as measured'] : [])]
  return {
    id: 'data',
    title: 'Data',
    content: html`<div class="halves rows"><div class="card"><h3>Rows</h3>${facts([
      ['rows', grouped(rows)],
      ['trained on', `the first ${grouped(trainingRows)}${groups > 1 ? ' (of each group)' : ''}`],
      ['held out', heldOutRows > 0 ? `the last ${grouped(heldOutRows)}` : 'none'],
      ...(span ? [['time', span] as const] : []),
      ...(step ? [['from row to row', step] as const] : []),
      ...(groups > 0 ? [['groups', `${grouped(groups)}, by ${groupBy ?? 'name'}`] as const] : []),
      ['gaps', gaps > 0 ? `${counted(gaps, 'place')}, which no window spans` : 'none'],
      ['scaler', scaler],
    ])}</div>
<div class="card"><h3>Columns</h3>${table('Columns', head, body)}</div></div>`,
  }
}

function useSection({ network }: ReportData): Section {
  const { window, columns, features, masked } = network
  const rows = `${masked ? `1 to ${window}` : window} rows of [${columns.slice(0, 4).join(', ')}${columns.length > 4 ? ', …' : ''}]`
  return {
    id: 'use',
    title: 'How to run it',
    intro: 'encoder.onnx is the file to ship: raw values in, features out; scaling is inside.',
    content: html`<div class="stack"><div class="card"><h3>On a file</h3>
<pre>npx tempocode encode . data.csv --out features.csv
npx tempocode detect . data.csv --out scores.csv</pre></div>
<div class="card"><h3>In JavaScript</h3>
<pre>import { loadEncoder } from '@tempocode/runtime'
const encoder = await loadEncoder('encoder.onnx')
const { data, shape } = await encoder.encode(rows) // ${rows}, as measured, give shape [1, ${features}]</pre></div></div>`,
  }
}
