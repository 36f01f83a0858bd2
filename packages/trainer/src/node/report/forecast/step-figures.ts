import type { Comparison, ForecastEvaluation, ForecastMeasures } from '../../../forecast/evaluation.js'
import { axes, type Drawing, draw } from '../drawing.js'
import { type Figure, HALF, type LegendItem, NARROW } from '../figure.js'
import { wholeTicks } from '../figures/ticks.js'
import type { Html } from '../html.js'
import { digits, percent } from '../words.js'

/** What is compared: its name in a comparison, in words, and how it is drawn. */
export const METHODS = [
  { key: 'forecaster', name: 'forecaster', mark: 'prediction' },
  { key: 'persistence', name: 'persistence', mark: 'measured' },
  { key: 'seasonalNaive', name: 'seasonal-naive', mark: 'baseline' },
] as const satisfies { key: keyof Comparison; name: string; mark: LegendItem['mark'] }[]

/** Those that an evaluation has. */
export const methodsOf = ({ seasonalNaive }: Comparison) =>
  METHODS.filter(({ key }) => key !== 'seasonalNaive' || seasonalNaive !== undefined)

/** How the error grows with each step into the future, beside what is to be beaten. */
export function errorFigure(drawing: Drawing, { byStep, ...whole }: ForecastEvaluation): Figure {
  const methods = methodsOf(whole)
  const of = (measures: ForecastMeasures) => measures.scaled.mae
  const lines = methods.flatMap(({ key, mark }) =>
    byStep.map((comparison) => ({ x: comparison.step, y: of(comparison[key]!), mark })),
  )
  const [first, last] = [byStep[0], byStep[byStep.length - 1]]
  const from = ({ key, name }: (typeof METHODS)[number]) =>
    `${name} from ${digits(of(first[key]!))} to ${digits(of(last[key]!))}`
  return {
    title: 'Error by step',
    alternative: `Line chart of the mean absolute error, in scaled units, of steps 1 to ${byStep.length}: ${methods.map(from).join('; ')}.`,
    caption: `The mean of |forecast − value| of each step into the future, in standard deviations of the training rows: ${from(methods[0])}.`,
    legend: methods.map(({ name, mark }) => ({ name, mark })),
    pictures: [
      inTwoSizes((size) =>
        stepPicture(drawing, byStep.length, lines, { ...size, label: 'mean absolute error, scaled' }),
      ),
    ],
  }
}

/** Which part of the values lay within their intervals, step by step. */
export function coverageFigure(
  drawing: Drawing,
  { byStep, forecaster }: ForecastEvaluation,
  wanted: number,
): Figure {
  const line = byStep.map(({ step, forecaster: { coverage = Number.NaN } }) => ({
    x: step,
    y: coverage,
    mark: 'model' as const,
  }))
  const [least, most] = [Math.min(...line.map(({ y }) => y)), Math.max(...line.map(({ y }) => y))]
  const whole = percent(forecaster.coverage ?? Number.NaN)
  return {
    title: 'Values within their intervals',
    alternative: `Line chart of the part of the test values that lie within their intervals, of steps 1 to ${byStep.length}: from ${percent(least)} to ${percent(most)}, ${whole} of all; ${percent(wanted)} was asked for.`,
    caption: `${whole} of the test values lie within their ${percent(wanted)} intervals, ${percent(least)} to ${percent(most)} of a step's. The intervals were fitted to validation rows; where the test rows behave otherwise, they hold more or less than asked for.`,
    legend: [
      { name: 'within the interval', mark: 'model' },
      { name: 'asked for', mark: 'threshold' },
    ],
    pictures: [
      inTwoSizes((size) =>
        stepPicture(drawing, byStep.length, line, {
          ...size,
          label: 'part of the values',
          domain: [Math.min(0.5, least), 1],
          wanted,
        }),
      ),
    ],
  }
}

interface Size {
  width: number
  height: number
}

const inTwoSizes = (picture: (size: Size) => Html) => ({
  wide: picture({ width: HALF, height: 300 }),
  narrow: picture({ width: NARROW, height: 240 }),
})

function stepPicture(
  drawing: Drawing,
  steps: number,
  points: readonly { x: number; y: number; mark: LegendItem['mark'] }[],
  {
    width,
    height,
    label,
    domain,
    wanted,
  }: Size & { label: string; domain?: [number, number]; wanted?: number },
): Html {
  const { Plot } = drawing
  return draw(drawing, {
    width,
    height,
    marginLeft: 46,
    marginRight: 10,
    x: { domain: [1, steps] },
    y: domain ? { domain } : { zero: true, nice: true },
    marks: [
      ...axes(
        drawing,
        { label: 'step', ticks: [1, ...wholeTicks(steps).filter((step) => step > 1)], tickFormat: String },
        { label, ticks: 5, tickFormat: (value: number) => (domain ? percent(value) : digits(value)) },
      ),
      Plot.ruleY(wanted === undefined ? [] : [wanted], {
        stroke: 'var(--threshold)',
        strokeWidth: 1.5,
        strokeDasharray: '6 3',
      }),
      ...(['measured', 'baseline', 'prediction', 'model'] as const).map((mark) =>
        Plot.lineY(
          points.filter((point) => point.mark === mark),
          {
            x: 'x',
            y: 'y',
            stroke: `var(--${mark})`,
            strokeWidth: 2,
            strokeDasharray: mark === 'baseline' ? '2 3' : undefined,
          },
        ),
      ),
    ],
  })
}
