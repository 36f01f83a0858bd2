import { type Html, html } from './html.js'
import type { Tile } from './page.js'
import type { Measured, ReportData } from './report-data.js'
import { counted, digits, duration, grouped, percent } from './words.js'

/** What was learnt, and whether it is worth its cost, in a sentence or two. */
export function leadOf({ network, training }: ReportData): Html {
  const { window, columns, features, masked } = network
  const { heldOut, initialLoss, finalLoss, baseline } = training
  const rows = masked
    ? `sequences of up to ${counted(window, 'row')}`
    : `windows of ${counted(window, 'row')}`
  const what = html`${network.name} turns ${rows} and <b>${counted(columns.length, 'column')}</b> into <b>${counted(features, 'feature')}</b>.`
  const kind = `${heldOut ? 'held-out' : 'training'} ${masked ? 'sequences' : 'windows'}`
  if (baseline === undefined || baseline.error === 0) {
    return html`${what} Training brought the loss of ${kind} from ${digits(initialLoss)} to <b>${digits(finalLoss)}</b>.`
  }
  const part = finalLoss / baseline.error
  const against = html`principal components with as many numbers (${digits(baseline.error)})`
  return part < 1
    ? html`${what} On ${kind} its loss of ${digits(finalLoss)} is <b>${percent(1 - part)} below</b> that of ${against}.`
    : html`${what} On ${kind} its loss of ${digits(finalLoss)} is <b>${percent(part - 1)} above</b> that of ${against}: as it is, it is not worth its cost.`
}

/** The numbers that one looks for first. */
export function tilesOf(data: ReportData): Tile[] {
  const { network, training, measured } = data
  const { window, columns, features } = network
  const { epochs, bestEpoch, seconds, finalLoss, initialLoss, heldOut, baseline } = training
  const values = window * columns.length
  return [
    {
      name: 'values to features',
      value: `${grouped(values)} → ${grouped(features)}`,
      more: `${counted(window, 'row')} × ${counted(columns.length, 'column')}, ${smaller(values / features)}`,
    },
    {
      name: heldOut ? 'held-out loss' : 'training loss',
      value: digits(finalLoss),
      more: baseline ? `PCA ${digits(baseline.error)}` : `${digits(initialLoss)} before training`,
    },
    ...('missing' in measured ? [] : [alarmTile(measured)]),
    {
      name: 'epochs',
      value: String(epochs.length),
      more: `${bestEpoch === 0 ? 'none finished' : `number ${bestEpoch} kept`}; ${duration(seconds)}`,
    },
  ]
}

const smaller = (times: number) =>
  times > 1
    ? `${digits(times, 2)} times smaller`
    : times < 1
      ? `${digits(1 / times, 2)} times larger`
      : 'as many'

function alarmTile({ scores, windows, threshold }: Measured) {
  const from = windows.heldOutFrom < scores.length ? windows.heldOutFrom : 0
  const part = scores.subarray(from)
  const above = part.filter((score) => score > threshold.value).length
  return {
    name: from > 0 ? 'held-out scores above threshold' : 'scores above threshold',
    value: percent(above / part.length),
    more: `threshold ${digits(threshold.value)}`,
  }
}
