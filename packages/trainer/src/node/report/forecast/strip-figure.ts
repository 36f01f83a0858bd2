import { axes, type Drawing, draw, panelName } from '../drawing.js'
import { type Figure, NARROW, WIDE } from '../figure.js'
import { extent } from '../figures/scale.js'
import type { Html } from '../html.js'
import { counted, digits, listed, percent } from '../words.js'
import type { Strip } from './strips.js'

const MOST = 4 // targets
const HEIGHTS = [280, 190, 150, 140] // of each, where there are so many
const AXIS = 26 // pixels more for the last one's

/** What was measured, what had been forecast for it, and what is to come: a picture for each target. */
export function stripFigure(
  drawing: Drawing,
  strip: Strip,
  targets: readonly string[],
  coverage: number,
): Figure {
  const shown = targets.slice(0, MOST)
  const { group, at, forecasts } = strip
  const tested = forecasts.filter(({ ahead }) => !ahead).length
  const steps = forecasts[0].at.length
  const coming = tested < forecasts.length
  const parts = [
    ...(tested > 0 ? [`${counted(tested, 'forecast')} of test rows`] : []),
    ...(coming ? [`the ${steps === 1 ? 'row' : `${steps} rows`} to come`] : []),
  ]
  const panels = (width: number) =>
    shown.map((name, target) =>
      panel(drawing, strip, {
        name,
        target,
        targets: targets.length,
        width,
        last: target === shown.length - 1,
        height: HEIGHTS[shown.length - 1],
      }),
    )
  const narrow = panels(NARROW)
  const lowest = listed(shown.map((name, target) => `${name} ${range(strip, target, targets.length)}`))
  const interval = coverage > 0
  const of = shown.length < targets.length ? ` The first ${MOST} of ${targets.length} targets.` : ''
  return {
    title: group ?? (coming ? 'What is to come, and what was forecast before' : 'What was forecast'),
    alternative: `Line charts of the last ${counted(at.length, 'row')}${group === undefined ? '' : ` of ${group}`} with ${listed(parts)}: ${lowest}.`,
    caption: `The last ${counted(at.length, 'row')} with ${listed(parts)}.${coming ? ' The upright line is the end of the data.' : ''} Each forecast saw no row but those before it.${of}`,
    legend: [
      { name: 'measured', mark: 'measured' },
      { name: 'forecast', mark: 'prediction' },
      ...(interval ? [{ name: `${percent(coverage)} interval`, mark: 'interval' as const }] : []),
    ],
    pictures: panels(WIDE).map((wide, i) => ({ wide, narrow: narrow[i] })),
  }
}

/** `from 3.2 to 17`, of what is forecast. */
function range({ forecasts }: Strip, target: number, targets: number): string {
  const of = ({ forecast }: Strip['forecasts'][number]) => forecast.filter((_, i) => i % targets === target)
  const [least, most] = extent(...forecasts.map(of))
  return `forecast from ${digits(least)} to ${digits(most)}`
}

interface Panel {
  name: string
  target: number
  targets: number
  width: number
  height: number
  last: boolean
}

function panel(drawing: Drawing, strip: Strip, size: Panel): Html {
  const { Plot } = drawing
  const { name, target, targets, width, height, last } = size
  const place = (value: number) => (strip.kind === 'timestamp' ? new Date(value) : value)
  const column = (values: Float32Array) => values.filter((_, i) => i % targets === target)
  const measured = Array.from(column(strip.measured), (y, i) => ({ x: place(strip.at[i]), y }))
  const forecasts = strip.forecasts.flatMap(({ at, forecast, lower, upper }, z) => {
    const [y, low, high] = [forecast, lower ?? forecast, upper ?? forecast].map(column)
    return Array.from(y, (value, i) => ({ x: place(at[i]), y: value, low: low[i], high: high[i], z }))
  })
  const heights = forecasts.flatMap(({ low, high, y }) => [low, high, y])
  const [least, most] = extent(
    measured.map(({ y }) => y),
    heights,
  )
  const ends = extent(strip.at, ...strip.forecasts.map(({ at }) => at))
  const single = strip.forecasts.every(({ at }) => at.length === 1)
  const band = { x: 'x', y1: 'low', y2: 'high' } as const
  return draw(drawing, {
    width,
    height: last ? height + AXIS : height,
    marginTop: 24,
    marginLeft: 46,
    marginRight: 10,
    marginBottom: last ? AXIS + (strip.kind === 'timestamp' ? 14 : 8) : 8,
    x: {
      type: strip.kind === 'timestamp' ? 'utc' : 'linear',
      domain: ends.map(place),
      ...(last ? { label: null } : { axis: null }),
    },
    y: { domain: least < most ? [least, most] : [least - 1, most + 1], nice: true },
    marks: [
      single
        ? Plot.ruleX(forecasts, { ...band, stroke: 'var(--interval)', strokeWidth: 7 })
        : Plot.areaY(forecasts, { ...band, z: 'z', fill: 'var(--interval)' }),
      ...axes(
        drawing,
        last
          ? {
              label: strip.kind === 'timestamp' ? null : strip.axis,
              ticks: Math.max(3, Math.round(width / 110)),
            }
          : undefined,
        { label: null, ticks: 4 },
      ),
      panelName(drawing, name),
      Plot.ruleX(strip.forecasts.some(({ ahead }) => ahead) ? [place(strip.end)] : [], {
        stroke: 'var(--faint)',
        strokeDasharray: '4 3',
      }),
      Plot.lineY(measured, { x: 'x', y: 'y', stroke: 'var(--measured)', strokeWidth: 2.5 }),
      single
        ? Plot.dot(forecasts, { x: 'x', y: 'y', r: 3, fill: 'var(--prediction)' })
        : Plot.lineY(forecasts, { x: 'x', y: 'y', z: 'z', stroke: 'var(--prediction)', strokeWidth: 2 }),
    ],
  })
}
