import { alarmTable } from './alarm-table.js'
import { alarmsOf } from './alarms.js'
import type { Drawing } from './drawing.js'
import { columnErrorsFigure, meanErrors } from './figures/column-errors.js'
import { exampleFigures, isPrediction } from './figures/examples.js'
import { featuresFigure } from './figures/features.js'
import { histogramFigure } from './figures/histogram.js'
import { lossFigure } from './figures/losses.js'
import { scoresFigure } from './figures/scores.js'
import { type Html, html, markup } from './html.js'
import { facts, figure, page, type Section, table } from './page.js'
import type { Measured, ReportData } from './report-data.js'
import { leadOf, tilesOf } from './summary.js'
import { counted, digits, duration, grouped } from './words.js'

/** The report as one file of HTML that needs no network and no script. */
export function renderReport(data: ReportData, drawing: Drawing): string {
  const { measured } = data
  const name = data.source ?? 'A trained autoencoder'
  const sections = [
    ...('missing' in measured
      ? [missingSection(measured.missing)]
      : measuredSections(data, measured, drawing)),
    trainingSection(data, drawing),
    dataSection(data),
    useSection(data),
  ]
  const written = data.written.toISOString().slice(0, 16).replace('T', ' ')
  const footer = html`Written by tempocode ${data.version} on ${written} UTC. This file needs no network and no script; README.md beside it tells what the other files are.`
  return page(`Report: ${name}`, headerOf(data, name), sections, footer)
}

function headerOf(data: ReportData, name: string): Html {
  const { warnings } = data
  const tile = ({ name, value, more }: { name: string; value: string; more: string }) =>
    html`<div class="tile"><dt>${name}</dt><dd>${value} <small>${more}</small></dd></div>`
  return html`<p class="over">Training report</p>
<h1>${name}</h1>
<p class="lead">${leadOf(data)}</p>
<dl class="tiles">${tilesOf(data).map(tile)}</dl>
${warnings.length > 0 && html`<div class="warnings" role="note"><h3>${counted(warnings.length, 'warning')}</h3><ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul></div>`}`
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
${alarms.length > 0 && html`<div class="card whole alarms">${alarmTable(measured, alarms, columns)}</div>`}</div>`,
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

function trainingSection({ training, network }: ReportData, drawing: Drawing): Section {
  const { epochs, bestEpoch, stopped, seconds, loss, parts, settings } = training
  const losses = lossFigure(drawing, training)
  const ended = { epochs: '', patience: ', ended as it got no better', signal: ', ended as it was stopped' }[
    stopped
  ]
  const kept = bestEpoch === 0 ? 'none was finished' : `the weights of epoch ${bestEpoch} were kept`
  const how = facts([
    ['epochs', `${epochs.length}${ended}; ${kept}`],
    ['time', duration(seconds)],
    ['loss', `${loss} of scaled values: ${parts}`],
    ...settings,
  ])
  return {
    id: 'training',
    title: 'Training and network',
    content: html`<div class="halves"><div class="stack">${losses && figure(losses)}
<div class="card"><h3>How it was trained</h3>${how}</div></div>
<figure class="card"><h3>Network</h3>
${markup(network.picture)}
<figcaption>${network.name}: ${counted(network.parameters, 'weight')}. The code is what the encoder gives: the features.</figcaption></figure></div>`,
  }
}

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
