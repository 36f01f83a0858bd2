import { type Drawing, draw } from '../drawing.js'
import { type Figure, NARROW } from '../figure.js'
import type { Measured } from '../report-data.js'
import { digits, percent, shortened } from '../words.js'

const MOST = 16 // bars; the table of columns has all
const BARS = [22, 44] // pixels of a bar and the space below it, at least and at most
const HEIGHT = 220 // that bars fill where they are few
const LETTERS = 14

/** The mean error of each column over windows the network was not trained on, where there are any; in scaled units. */
export function meanErrors({ errors, windows, scores }: Measured): Float64Array {
  const width = errors.length / scores.length
  const from = windows.heldOutFrom < scores.length ? windows.heldOutFrom : 0
  const means = new Float64Array(width)
  for (let i = from * width; i < errors.length; i++) means[i % width] += errors[i] / (scores.length - from)
  return means
}

/** Which columns the network knows well, and which not. */
export function columnErrorsFigure(drawing: Drawing, measured: Measured, columns: readonly string[]): Figure {
  const { Plot } = drawing
  const means = [...meanErrors(measured)]
  const sum = means.reduce((a, b) => a + b, 0)
  const all = means.map((error, i) => ({ error, name: columns[i], place: String(i) }))
  const sorted = all.sort((a, b) => b.error - a.error)
  const shown = sorted.slice(0, MOST)
  const names = new Map(shown.map(({ name, place }) => [place, shortened(name, LETTERS)]))
  const picture = draw(drawing, {
    width: NARROW,
    height: shown.length * Math.min(BARS[1], Math.max(BARS[0], HEIGHT / shown.length)) + 12,
    marginLeft: Math.min(LETTERS, Math.max(...[...names.values()].map(({ length }) => length))) * 7.2 + 12,
    marginRight: 52,
    marginTop: 6,
    marginBottom: 6,
    x: { axis: null, domain: [0, Math.max(...means) || 1] },
    y: { domain: [...names.keys()], padding: 0.3, label: null },
    marks: [
      Plot.axisY({ tickSize: 0, tickFormat: (place: string) => names.get(place), label: null }),
      Plot.barX(shown, { x: 'error', y: 'place', fill: 'var(--model)' }),
      Plot.text(shown, {
        x: 'error',
        y: 'place',
        text: ({ error }) => digits(error),
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  })
  const rest = sorted.length > MOST ? ` The ${MOST} largest of ${sorted.length} are shown.` : ''
  const [worst, best] = [sorted[0], sorted.at(-1)!]
  const range = `“${worst.name}” is known worst, with ${digits(worst.error)}${
    sorted.length > 1 ? `, “${best.name}” best, with ${digits(best.error)}` : ''
  }`
  const part =
    sum > 0 && sorted.length > 1 ? ` “${worst.name}” makes ${percent(worst.error / sum)} of all error.` : ''
  return {
    title: 'Error of each column',
    alternative: `Bar chart of the mean error of each column, in scaled units: ${range}.`,
    caption: `Mean error (the root of the mean square in a window) of ${measured.windows.heldOutFrom < measured.scores.length ? 'held-out' : 'training'} windows in scaled units, so that columns compare.${part}${rest}`,
    pictures: [picture],
  }
}
