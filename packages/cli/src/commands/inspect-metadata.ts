import type { InspectedMetadata } from '@tempocode/runtime'
import { counted } from '../output.js'

type Lines = [name: string, text: string][]
type Of<K extends InspectedMetadata['kind']> = Extract<InspectedMetadata, { kind: K }>

/** What a file of ours says of itself. */
export function linesOfMetadata(metadata: InspectedMetadata): Lines {
  const { kind, columns, window, timeStep, groupBy, seed, dataDigest } = metadata
  const step = timeStep === undefined ? '' : `, usually ${timeStep} apart`
  const upTo = 'masked' in metadata && metadata.masked ? 'up to ' : ''
  const trained = 'stride' in metadata ? `; trained every ${metadata.stride}` : ''
  const lines: Lines = [
    ['kind', kind],
    ['columns', columns.join(', ')],
    ...(groupBy === undefined ? [] : ([['groups', `by ${groupBy}`]] satisfies Lines)),
    ['window', `${upTo}${window} rows${step}${trained}`],
    ...linesOfKind(metadata),
    ['scaler', 'scaler' in metadata ? metadata.scaler.kind : scalesOf(metadata)],
    ['seed', String(seed ?? 'unknown')],
  ]
  if (dataDigest !== undefined) lines.push(['trained on', `rows of digest ${dataDigest}`])
  return lines
}

function linesOfKind(metadata: InspectedMetadata): Lines {
  switch (metadata.kind) {
    case 'encoder':
      return [['features', String(metadata.features)]]
    case 'decoder':
      return linesOfDecoder(metadata)
    case 'stream':
      return [
        ['state', `${counted(metadata.state, 'number')} between two rows`],
        ['features', String(metadata.features)],
      ]
    case 'detector':
      return linesOfDetector(metadata)
    case 'forecaster':
      return linesOfForecaster(metadata)
  }
}

function linesOfDecoder({ heads, codes, window, features }: Of<'decoder'>): Lines {
  const samples = codes
    ? `around the features of ${codes.windows} training windows`
    : 'none: no features to draw from'
  return [
    ['heads', rowsOf(heads, window)],
    ['samples', samples],
    ['features', String(features)],
  ]
}

function linesOfDetector({ heads, window, score, rule, threshold, scores }: Of<'detector'>): Lines {
  const by = rule === undefined || typeof rule === 'number' ? '' : `, by ${rule}`
  return [
    ['compares', rowsOf(heads, window)],
    ['score', score],
    ['threshold', threshold === undefined ? 'none: give one when it is loaded' : `${threshold}${by}`],
    ['calibrated', scores ? `on ${counted(scores.count, 'window')}` : 'no'],
  ]
}

function linesOfForecaster(metadata: Of<'forecaster'>): Lines {
  const { horizon, targets, known, cycles, features, coverage } = metadata
  return [
    ['forecasts', `${targets.join(', ')}, ${counted(horizon, 'row')} ahead`],
    ['interval', coverage === undefined ? 'none' : `of ${+(100 * coverage).toFixed(8)} % of the values`],
    ['known ahead', known?.join(', ') || 'nothing'],
    ['calendar', cycles?.join(', ') || 'none'],
    ['features', features === undefined ? 'none: it has no encoder' : `${features}, of the encoder inside`],
  ]
}

const scalesOf = ({ groups = [] }: Of<'forecaster'>) =>
  groups.length > 1 ? `standard, of each of ${groups.length} groups` : 'standard'

function rowsOf(heads: Of<'decoder'>['heads'], window: number): string {
  const texts = heads.map(({ name, offset, steps }) => {
    const from = offset < window ? `${offset + 1} to ${offset + steps}` : `1 to ${steps} after it`
    return `${name} (rows ${from})`
  })
  return texts.join(', ')
}
