import type { Evaluation, NabScore, PointAdjusted, Spread, Summary } from '@tempocode/trainer'
import { counted, digits } from './output.js'

/** What `tempocode evaluate` finds; times in seconds, or in the unit of a time column of numbers. */
export interface Findings extends Evaluation {
  groups: number
  /** How long before failures the first alarm came, and how many failures there were. */
  lead?: Summary & { failures: number }
  /** By profile: with the threshold that is best on the labels, and by the detector's own alarms. */
  nab?: Record<string, NabScore & { own: number }>
  pointAdjusted?: PointAdjusted
}

/** The findings for people. */
export function evaluationText(found: Findings, inSeconds: boolean): string {
  const { rows, groups, anomalous, unscored, points, events, bestF1, pointAdjusted, nab } = found
  const span = inSeconds ? spanOf : digits
  const left = `; ${counted(unscored.rows, 'row')} without a score left out, ${unscored.anomalous} of them anomalous`
  const measures = [
    ['', 'precision', 'recall', 'F1'],
    ['rows', ...triple(points), `${percent(points.falseAlarmRate)} of normal rows in alarm`],
    [
      'events',
      ...triple(events),
      `${events.found} of ${events.events} found, ${counted(events.falseAlarms, 'false alarm')}`,
    ],
    [
      'composite',
      ...triple({ ...events, precision: points.precision, f1: found.compositeF1 }),
      'precision of rows, recall of events',
    ],
    [
      'best on labels',
      ...triple(bestF1),
      `of rows above ${digits(bestF1.threshold)}, which no detector can know`,
    ],
    ...(pointAdjusted === undefined ? [] : adjusted(pointAdjusted)),
  ]
  const others = [
    ['ROC area', `${part(found.rocAuc)}, where a guess has 0.500`],
    ['PR area', `${part(found.averagePrecision)}, where a guess has ${part(anomalous)}`],
    ['delay', delay(found, span)],
    ...(found.lead === undefined ? [] : [['lead', lead(found.lead, span)]]),
    ...Object.entries(nab ?? {}).map(([profile, { score, threshold, own }]) => [
      `NAB ${profile.replace(/_rate$/, '').replaceAll('_', ' ')}`,
      `${score.toFixed(1)} at ${digits(threshold)}, the best on labels; ${own.toFixed(1)} by its own alarms`,
    ]),
  ]
  const lines = [
    `${counted(rows, 'row')}${groups === 1 ? '' : ` in ${groups} groups`}, ${percent(anomalous)} anomalous, in ${counted(events.events, 'event')}${unscored.rows === 0 ? '' : left}`,
    '',
    ...aligned(measures),
    '',
    ...aligned(others),
  ]
  return `${lines.join('\n')}\n`
}

function adjusted({ precision, recall, f1, bestF1, random }: PointAdjusted): string[][] {
  const spread = ({ mean, deviation }: Spread) => `${part(mean)} ± ${part(deviation)}`
  return [
    ['point-adjusted', ...triple({ precision, recall, f1 }), `best on labels ${part(bestF1)}`],
    [
      'random, adjusted',
      '',
      '',
      part(random.f1.mean),
      `± ${part(random.f1.deviation)}, best on labels ${spread(random.bestF1)}; of ${random.draws} random detectors`,
    ],
  ]
}

function delay({ delay: { rows, time }, events }: Findings, span: (value: number) => string): string {
  if (rows.count === 0) return 'no event was found'
  const of = (key: 'median' | 'mean') =>
    `${key} ${counted(Number(rows[key].toFixed(1)), 'row')}${time === undefined ? '' : ` (${span(time[key])})`}`
  return `${of('median')}, ${of('mean')}, from the start of the ${events.found} found`
}

function lead(
  { count, failures, median, mean }: Summary & { failures: number },
  span: (value: number) => string,
) {
  const foreseen = `${count} of ${counted(failures, 'failure')} foreseen`
  return count === 0 ? foreseen : `median ${span(median)}, mean ${span(mean)}; ${foreseen}`
}

const part = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3))
const percent = (value: number) => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`)
const triple = ({ precision, recall, f1 }: { precision: number; recall: number; f1: number }) =>
  [precision, recall, f1].map(part)

/** `42 s`, `3.5 min`, `2.1 h`, `4.2 days`. */
function spanOf(seconds: number): string {
  if (seconds < 60) return `${digits(seconds)} s`
  if (seconds < 3600) return `${(seconds / 60).toFixed(1)} min`
  return seconds < 2 * 86_400 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`
}

/** Lines of cells: the first to the left, the numbers in the middle to the right, what is said of them to the left. */
function aligned(lines: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3].map((k) => Math.max(...lines.map((cells) => (cells[k] ?? '').length)))
  return lines.map((cells) =>
    cells
      .map((cell, k) => {
        if (k === 0) return cell.padEnd(widths[0])
        return k < 4 && cells.length > 2 ? cell.padStart(widths[k]) : cell
      })
      .join('  ')
      .trimEnd(),
  )
}
