import type { Drawing } from './drawing.js'
import { lossFigure } from './figures/losses.js'
import { type Html, html, markup } from './html.js'
import { facts, figure, type Section } from './page.js'
import type { NetworkFacts, TrainingFacts } from './report-data.js'
import { counted, duration } from './words.js'

interface Training {
  training: TrainingFacts
  network: Pick<NetworkFacts, 'name' | 'parameters' | 'picture'>
}

/** The losses, how a network was trained, and its picture, which is wide where the network has several branches. */
export function trainingSection(
  { training, network }: Training,
  drawing: Drawing,
  { note = '', wide = false } = {},
): Section {
  const losses = lossFigure(drawing, training)
  const loss = losses && figure(losses)
  const how = html`<div class="card"><h3>How it was trained</h3>${facts(courseOf(training))}</div>`
  const picture = html`<figure class="card"><h3>Network</h3>
${markup(network.picture)}
<figcaption>${network.name}: ${counted(network.parameters, 'weight')}.${note}</figcaption></figure>`
  return { id: 'training', title: 'Training and network', content: laidOut(wide, { loss, how, picture }) }
}

function laidOut(wide: boolean, { loss, how, picture }: { loss?: Html; how: Html; picture: Html }): Html {
  return wide
    ? html`<div class="stack"><div class="halves">${loss}${how}</div>${picture}</div>`
    : html`<div class="halves"><div class="stack">${loss}${how}</div>${picture}</div>`
}

function courseOf(training: TrainingFacts): [string, string][] {
  const { epochs, bestEpoch, stopped, seconds, loss, parts, settings } = training
  const ended = { epochs: '', patience: ', ended as it got no better', signal: ', ended as it was stopped' }[
    stopped
  ]
  const kept = bestEpoch === 0 ? 'none was finished' : `the weights of epoch ${bestEpoch} were kept`
  return [
    ['epochs', `${epochs.length}${ended}; ${kept}`],
    ['time', duration(seconds)],
    ['loss', `${loss} of scaled values: ${parts}`],
    ...settings.map(([name, value]): [string, string] => [name, value]),
  ]
}
