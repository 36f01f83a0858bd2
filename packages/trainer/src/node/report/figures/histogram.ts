import { axes, type Drawing, draw } from '../drawing.js'
import { type Figure, NARROW } from '../figure.js'
import type { Measured } from '../report-data.js'
import { counted, digits, percent } from '../words.js'
import { extent, isSpread } from './scale.js'
import { logTicks } from './ticks.js'

const BINS = 36

/** How scores of windows are spread, and where the threshold lies. */
export function histogramFigure(drawing: Drawing, measured: Measured, kind: string): Figure {
  const { Plot } = drawing
  const { scores, threshold, windows } = measured
  const [train, heldOut] = [scores.subarray(0, windows.heldOutFrom), scores.subarray(windows.heldOutFrom)]
  const log = isSpread(scores)
  const [toScale, fromScale] = log ? [Math.log, Math.exp] : [Number, Number]
  const edges = extent(scores, [threshold.value])
  const [least, most] = edges.map(toScale)
  const width = (most - least) / BINS || 1
  const shares = (part: Float32Array) => {
    const counts = new Float64Array(BINS)
    for (const score of part) counts[Math.min(BINS - 1, Math.floor((toScale(score) - least) / width))]++
    return Array.from(counts, (count, i) => ({
      share: count / part.length,
      from: fromScale(least + i * width),
      to: fromScale(least + (i + 1) * width),
    }))
  }
  const steps = shares(heldOut).flatMap(({ share, from, to }) => [
    { score: from, share },
    { score: to, share },
  ])
  const first = steps[0]?.score
  const outline =
    first === undefined ? [] : [{ score: first, share: 0 }, ...steps, { ...steps.at(-1)!, share: 0 }]
  const picture = draw(drawing, {
    width: NARROW,
    height: 250,
    marginLeft: 46,
    marginRight: 12,
    x: { type: log ? 'log' : 'linear' },
    y: { nice: true },
    marks: [
      ...axes(
        drawing,
        {
          label: log ? 'score, log scale' : 'score',
          ticks: log ? logTicks(edges) : 5,
          tickFormat: (value: number) => digits(value),
        },
        { label: `share of ${kind}`, ticks: 4, tickFormat: (part: number) => percent(part) },
      ),
      Plot.rect(shares(train), {
        x1: 'from',
        x2: 'to',
        y1: 0,
        y2: 'share',
        fill: 'var(--measured)',
        fillOpacity: 0.55,
        inset: 0,
      }),
      Plot.line(outline, {
        x: 'score',
        y: 'share',
        stroke: 'var(--model)',
        strokeWidth: 2,
        strokeLinejoin: 'miter',
      }),
      Plot.ruleX([threshold.value], { stroke: 'var(--threshold)', strokeWidth: 2, strokeDasharray: '6 3' }),
    ],
  })
  const above = (part: Float32Array) => part.filter((score) => score > threshold.value).length
  const [part, name] = heldOut.length > 0 ? [heldOut, 'held-out'] : [train, 'training']
  const count = above(part)
  const seen = `${counted(count, kind.slice(0, -1))} of ${part.length} ${name} ones (${percent(count / part.length)}) ${count === 1 ? 'lies' : 'lie'} above it`
  return {
    title: 'Scores and threshold',
    alternative: `Histogram of the scores of ${scores.length} ${kind}, from ${digits(extent(scores)[0])} to ${digits(extent(scores)[1])}. The threshold is ${digits(threshold.value)}; ${seen}.`,
    caption: `The threshold, ${digits(threshold.value)}, is ${threshold.rule}. ${seen}.`,
    legend: [
      { name: `training ${kind}`, mark: 'bars' },
      ...(heldOut.length > 0 ? [{ name: `held-out ${kind}`, mark: 'model' as const }] : []),
      { name: 'threshold', mark: 'threshold' },
    ],
    pictures: [picture],
  }
}
