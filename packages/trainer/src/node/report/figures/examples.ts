import { axes, type Drawing, draw, panelName } from '../drawing.js'
import { type Figure, type LegendItem, NARROW } from '../figure.js'
import type { Html } from '../html.js'
import type { Example, Measured } from '../report-data.js'
import { counted, digits, listed } from '../words.js'
import { meanErrors } from './column-errors.js'
import { extent } from './scale.js'

const MOST = 4 // columns
const HEIGHTS = [210, 140, 110, 100] // of each, where there are so many
const AXIS = 26 // pixels more for the last one's

/** Windows and what the network makes of them: the best, the median and the worst, each a picture for some columns. */
export function exampleFigures(
  drawing: Drawing,
  measured: Measured,
  columns: readonly string[],
  kind: string,
): Figure[] {
  const { examples } = measured
  const shown = shownColumns(measured)
  return examples.map((example) => {
    const pictures = shown.map((column, i) => {
      const values = examples.flatMap((other) => linesOf(other, column, columns.length))
      const domain = extent(...values.map(({ y }) => y))
      return panel(drawing, linesOf(example, column, columns.length), {
        name: columns[column],
        domain,
        rows: Math.max(...examples.map((other) => other.rows.length / columns.length)),
        last: i === shown.length - 1,
        height: HEIGHTS[Math.min(shown.length, HEIGHTS.length) - 1],
      })
    })
    const names = listed(shown.map((column) => columns[column]))
    const of =
      shown.length < columns.length
        ? ` The ${shown.length} of ${columns.length} columns with the largest errors.`
        : ''
    const title = `${TITLES[example.name]} ${kind}`
    const size = counted(example.rows.length / columns.length, 'row')
    const drawn = listed(example.heads.map(({ name }) => SAID[name] ?? 'reconstruction'))
    return {
      title,
      alternative: `Line charts of ${names}: ${size} as measured and their ${drawn}, from ${example.at} on; score ${digits(example.score)}.`,
      caption: `From ${example.at} on; score ${digits(example.score)}.${of}`,
      legend: [{ name: 'measured', mark: 'measured' }, ...example.heads.map(legendOf)],
      pictures,
    }
  })
}

const TITLES = { best: 'Best', median: 'Median', worst: 'Worst' }
const SAID: Record<string, string> = { prediction: 'prediction', shifted_prediction: 'prediction' }
/** Whether an output of this name gives rows to come. */
export const isPrediction = (head: string) => head in SAID

const legendOf = ({ name }: { name: string }): LegendItem =>
  isPrediction(name) ? { name: 'predicted', mark: 'prediction' } : { name: 'reconstructed', mark: 'model' }

/** All of them where they are few, else those with the largest errors, in the order of the data. */
function shownColumns(measured: Measured): number[] {
  const means = [...meanErrors(measured)]
  const order = means.map((_, column) => column).sort((a, b) => means[b] - means[a])
  return order.slice(0, MOST).sort((a, b) => a - b)
}

interface Line {
  mark: 'measured' | 'model' | 'prediction'
  offset: number
  y: Float32Array
}

function linesOf({ rows, heads }: Example, column: number, width: number): Line[] {
  const of = (values: Float32Array) => values.filter((_, i) => i % width === column)
  return [
    { mark: 'measured', offset: 0, y: of(rows) },
    ...heads.map(({ name, offset, rows }) => ({
      mark: isPrediction(name) ? ('prediction' as const) : ('model' as const),
      offset,
      y: of(rows),
    })),
  ]
}

interface Panel {
  name: string
  domain: [number, number]
  rows: number
  last: boolean
  height: number
}

/** A column of a window. */
function panel(drawing: Drawing, lines: readonly Line[], { name, domain, rows, last, height }: Panel): Html {
  const { Plot } = drawing
  const y = domain[0] < domain[1] ? domain : [domain[0] - 1, domain[1] + 1]
  return draw(drawing, {
    width: NARROW,
    height: last ? height + AXIS : height,
    marginTop: 24,
    marginLeft: 46,
    marginRight: 10,
    marginBottom: last ? 34 : 8,
    x: { domain: [1, Math.max(rows, 2)], ...(!last && { axis: null }) },
    y: { domain: y, nice: true },
    marks: [
      ...axes(
        drawing,
        last
          ? { label: 'row', ticks: 5, tickFormat: (row: number) => (row % 1 === 0 ? String(row) : '') }
          : undefined,
        { label: null, ticks: 3 },
      ),
      panelName(drawing, name),
      ...lines.map(({ mark, offset, y }) =>
        Plot.line(y, {
          x: (_, i) => offset + i + 1,
          y: (value: number) => value,
          stroke: `var(--${mark})`,
          strokeWidth: mark === 'measured' ? 4 : 2,
          strokeOpacity: mark === 'measured' ? 0.55 : 1,
          marker: y.length === 1 ? 'dot' : undefined,
        }),
      ),
    ],
  })
}
