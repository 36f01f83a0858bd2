import { type Alarm, alarmsOf, scoredRow, windowRuns } from '../alarms.js'
import { decimate } from '../decimate.js'
import { axes, type Drawing, draw } from '../drawing.js'
import { type Figure, type LegendItem, NARROW, WIDE } from '../figure.js'
import type { Html } from '../html.js'
import type { Measured } from '../report-data.js'
import { counted, digits, grouped } from '../words.js'
import { groupAxis } from './group-axis.js'
import { extent, isSpread } from './scale.js'
import { logTicks } from './ticks.js'

/** Scores from the first rows to the last, with the threshold, the alarms, and the faults that are known. */
export function scoresFigure(drawing: Drawing, measured: Measured, kind: string): Figure {
  const { scores, threshold, windows, timeline, labels, segments } = measured
  const alarms = alarmsOf(measured)
  const heldOut = windows.heldOutFrom < scores.length
  const legend: LegendItem[] = [
    { name: 'score', mark: 'model' },
    { name: 'threshold', mark: 'threshold' },
    ...(alarms.length > 0 ? [{ name: 'alarm', mark: 'alarm' as const }] : []),
    ...(labels ? [{ name: 'known fault', mark: 'known' as const }] : []),
    ...(heldOut ? [{ name: 'held out', mark: 'band' as const }] : []),
  ]
  const rows = segments.reduce((last, { end }) => Math.max(last, end), 0)
  const highest = scores.reduce((best, score, w) => (score > scores[best] ? w : best), 0)
  const groups = timeline.groups.length > 1 ? ` of ${counted(timeline.groups.length, 'group')}` : ''
  const unseen = alarms.filter((alarm) => alarm.heldOut).length
  const where = unseen === alarms.length ? ', all' : unseen === 0 ? ', none' : `, ${grouped(unseen)}`
  const among = heldOut && alarms.length > 0 ? `${where} in the held-out rows` : ''
  const count = alarms.length === 0 ? 'no alarm' : `${counted(alarms.length, 'alarm')}${among}`
  const peak = `the highest score, ${digits(scores[highest])}, is that of ${timeline.say(scoredRow(measured, highest))}`
  const sampled =
    windows.every > 1
      ? ` One ${kind.slice(0, -1)} in ${grouped(windows.every)} was scored; tempocode detect scores all.`
      : ''
  return {
    title: 'Scores over time',
    alternative: `Line chart of the scores of ${counted(rows, 'row')}${groups}, from ${timeline.say(0)} to ${timeline.say(rows - 1)}: threshold ${digits(threshold.value)}, ${count}; ${peak}.`,
    caption: `A row's score is that of the ${kind.slice(0, -1)} that ends with it. There ${alarms.length > 1 ? 'are' : 'is'} ${count}; ${peak}.${sampled}`,
    legend,
    pictures: [
      {
        wide: picture(drawing, measured, alarms, { width: WIDE, height: 280 }),
        narrow: picture(drawing, measured, alarms, { width: NARROW, height: 240 }),
      },
    ],
  }
}

function picture(
  drawing: Drawing,
  measured: Measured,
  alarms: readonly Alarm[],
  size: { width: number; height: number },
): Html {
  const { Plot } = drawing
  const { scores, threshold, timeline, segments, labels = [] } = measured
  const log = isSpread(scores)
  const [low, high] = extent(scores, [threshold.value])
  const bottom = log ? low : 0
  /** A height of the picture: 0 at the lowest score, 1 at the highest. */
  const up = (part: number) =>
    log ? bottom * (high / bottom || 1) ** part : bottom + (high - bottom || 1) * part
  const [marginLeft, marginRight] = [46, 10]
  const pixels = size.width - marginLeft - marginRight
  const ends = segments.flatMap(({ start, end }) => [timeline.at(start), timeline.at(end - 1)])
  const edges = extent(ends)
  const near = (edges[1] - edges[0]) / pixels
  const at = (value: number) => (timeline.kind === 'timestamp' ? new Date(value) : value)
  const bands = (parts: readonly { start: number; end: number }[]) =>
    merged(
      parts.map(({ start, end }) => [timeline.at(start), timeline.at(end)]),
      near,
    ).map(([from, to]) => ({ from: at(from), to: at(to) }))

  const runs = windowRuns(measured)
  const pointsOf = (from: number, to: number) => ({
    x: Float64Array.from({ length: to - from }, (_, i) => timeline.at(scoredRow(measured, from + i))),
    y: scores.subarray(from, to),
  })
  const lines = runs.flatMap(({ from, to }, run) => {
    const { x, y } = decimate(pointsOf(from, to), edges, pixels)
    return Array.from(x, (place, i) => ({ x: at(place), y: y[i], run }))
  })
  const single = new Set(runs.flatMap(({ from, to }, run) => (to - from === 1 ? [run] : [])))
  const groups = groupAxis(timeline.groups, { edges, pixels })
  const lastRow = ({ start, end }: { start: number; end: number }) => ({ start, end: end - 1 })
  const strip = (from: number, to: number, parts: readonly { start: number; end: number }[], fill: string) =>
    Plot.rect(bands(parts), {
      x1: 'from',
      x2: 'to',
      y1: up(from),
      y2: up(to),
      fill,
      insetLeft: -1,
      insetRight: -1,
    })
  return draw(drawing, {
    ...size,
    marginLeft,
    marginRight,
    marginTop: 20,
    marginBottom: timeline.kind === 'timestamp' ? 40 : 34,
    x: { type: timeline.kind === 'timestamp' ? 'utc' : 'linear', domain: edges.map(at), label: null },
    y: { type: log ? 'log' : 'linear', domain: [up(0), up(labels.length > 0 ? 1.2 : 1.12)] },
    marks: [
      Plot.rect(bands(segments.filter(({ heldOut }) => heldOut).map(lastRow)), {
        x1: 'from',
        x2: 'to',
        y1: up(0),
        y2: up(1.04),
        fill: 'var(--band)',
      }),
      ...axes(
        drawing,
        groups
          ? { label: null, ticks: groups.ticks, tickFormat: groups.nameAt }
          : { label: timeline.kind === 'timestamp' ? null : timeline.name, ticks: Math.round(pixels / 90) },
        {
          label: log ? 'score, log scale' : 'score',
          ticks: log ? logTicks([low, high]) : 5,
          tickFormat: (value: number) => digits(value),
        },
      ),
      groups && Plot.ruleX(groups.borders, { stroke: 'var(--grid)' }),
      Plot.lineY(
        lines.filter(({ run }) => !single.has(run)),
        { x: 'x', y: 'y', z: 'run', stroke: 'var(--model)', strokeWidth: 1.25 },
      ),
      Plot.dot(
        lines.filter(({ run }) => single.has(run)),
        { x: 'x', y: 'y', r: 2.5, fill: 'var(--model)' },
      ),
      Plot.ruleY([threshold.value], { stroke: 'var(--threshold)', strokeWidth: 1.5, strokeDasharray: '6 3' }),
      strip(1.06, 1.12, alarms, 'var(--alarm)'),
      strip(1.14, 1.2, labels.map(lastRow), 'var(--known)'),
    ],
  })
}

/** Stretches of the axis, those that lie nearer to each other than a pixel as one. */
function merged(parts: readonly (readonly [number, number])[], near: number): [number, number][] {
  const whole: [number, number][] = []
  for (const [from, to] of [...parts].sort(([a], [b]) => a - b)) {
    const last = whole.at(-1)
    if (last && from - last[1] <= near) last[1] = Math.max(last[1], to)
    else whole.push([from, to])
  }
  return whole
}
