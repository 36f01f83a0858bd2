import { featurePlane } from '../../../features/feature-plane.js'
import { axes, type Drawing, draw } from '../drawing.js'
import { type Figure, NARROW } from '../figure.js'
import type { Measured } from '../report-data.js'
import { counted, digits, percent } from '../words.js'

const MOST = 900 // points, evenly from all
export const COLOURS = 9 // in the style sheet, from early to late

/** Features as points in the plane in which they differ most, coloured from the first rows to the last. */
export function featuresFigure(drawing: Drawing, measured: Measured, features: number, kind: string): Figure {
  const { Plot } = drawing
  const count = measured.scores.length
  const { points, parts } = featurePlane(measured.features, features)
  const every = Math.ceil(count / MOST)
  const order = Array.from({ length: count }, (_, w) => w)
    .filter((w) => w % every === 0)
    .sort((a, b) => measured.windows.starts[a] - measured.windows.starts[b])
  const shown = order.map((w, i) => ({
    x: points[2 * w],
    y: points[2 * w + 1],
    colour: `var(--time-${Math.floor((i * COLOURS) / order.length)})`,
  }))
  const label = (name: string, k: number) => (k < features ? `${name} component, ${percent(parts[k])}` : '')
  const noTicks = { ticks: 4, tickFormat: () => '' }
  const picture = draw(drawing, {
    width: NARROW,
    height: 300,
    marginLeft: 20,
    marginRight: 10,
    marginTop: 24,
    marginBottom: 28,
    inset: 6,
    marks: [
      ...axes(drawing, { label: label('first', 0), ...noTicks }, { label: label('second', 1), ...noTicks }),
      Plot.dot(shown, { x: 'x', y: 'y', r: 2.5, fill: 'colour', fillOpacity: 0.85 }),
    ],
  })
  const both = parts[0] + parts[1]
  const seen = `the first two principal components hold ${percent(both)} of the variance of ${counted(features, 'feature')}`
  const { say } = measured.timeline
  const [first, last] = [order[0], order[order.length - 1]].map((w) => say(measured.windows.starts[w]))
  return {
    title: 'Map of the features',
    alternative: `Scatter plot of ${shown.length} ${kind}, coloured from ${first} to ${last}: ${seen}; points range from ${range(points)}.`,
    caption: `A point a ${kind.slice(0, -1)}; near points are windows that the features take for alike. Here ${seen}.`,
    legend: [{ name: `${first} to ${last}`, mark: 'time' }],
    pictures: [picture],
  }
}

function range(points: Float32Array): string {
  const along = (k: number) => points.filter((_, i) => i % 2 === k)
  const [[left, right], [low, high]] = [0, 1].map((k) => {
    const values = along(k).sort()
    return [values[0], values[values.length - 1]].map((x) => digits(x))
  })
  return `${left} to ${right} along the first and ${low} to ${high} along the second`
}
