import { parseHTML } from 'linkedom'
import { beforeAll, expect, test } from 'vitest'
import { alarmTable } from '../alarm-table.js'
import { alarmsOf } from '../alarms.js'
import { type Drawing, openDrawing } from '../drawing.js'
import type { Figure } from '../figure.js'
import { Html } from '../html.js'
import type { TrainingFacts } from '../report-data.js'
import { measuredOf } from '../testing/measured.js'
import { columnErrorsFigure, meanErrors } from './column-errors.js'
import { exampleFigures } from './examples.js'
import { featuresFigure } from './features.js'
import { histogramFigure } from './histogram.js'
import { lossFigure } from './losses.js'
import { scoresFigure } from './scores.js'

let drawing: Drawing
beforeAll(async () => {
  drawing = await openDrawing()
})

/** What is drawn: the first picture, that for wide screens where there are two. */
function svgOf({ pictures: [picture] }: Figure) {
  const { text } = picture instanceof Html ? picture : picture.wide
  return parseHTML(`<body>${text}</body>`).document.querySelector('svg')!
}
const textsOf = (figure: Figure) =>
  [...svgOf(figure).querySelectorAll('text')].map((text) => text.textContent)
const drawnIn = (figure: Figure, colour: string) =>
  svgOf(figure).querySelectorAll(`[stroke="var(--${colour})"]`)

const measured = measuredOf([0.5, 2, 3, 1, 2, 2, 0.5, 4])
const columns = ['pressure', 'flow']
const training: TrainingFacts = {
  loss: 'mse',
  parts: 'reconstruction',
  corrupt: 'none',
  heldOut: true,
  initialLoss: 1,
  finalLoss: 0.25,
  epochs: [0.8, 0.3, 0.26].map((loss, i) => ({
    epoch: i + 1,
    loss,
    validationLoss: [0.5, 0.25, 0.4][i],
    learningRate: 0.001,
    seconds: 1,
  })),
  bestEpoch: 2,
  stopped: 'epochs',
  seconds: 3,
  baseline: { components: 2, error: 0.125 },
  settings: [],
}

test('losses: lines of both parts, the kept epoch and the baseline', () => {
  const figure = lossFigure(drawing, training)!
  expect(figure.alternative).toContain(
    'over 3 epochs: that of the held-out windows goes from 1 before training to 0.25',
  )
  expect(figure.alternative).toContain('Principal components reach 0.125.')
  expect(figure.legend?.map(({ name }) => name)).toContain('kept: epoch 2')
  for (const colour of ['measured', 'model', 'baseline']) expect(drawnIn(figure, colour)).toHaveLength(1)
  expect(textsOf(figure)).toEqual(expect.arrayContaining(['0', '1', '2', '3', 'mse']))
})

test('losses over a wide range have a logarithmic scale; without epochs there is no picture', () => {
  const wide = lossFigure(drawing, { ...training, initialLoss: 100, corrupt: 'gaussian:0.1' })!
  expect(textsOf(wide)).toContain('mse, log scale')
  expect(wide.caption).toContain('corrupted by gaussian:0.1')
  expect(lossFigure(drawing, { ...training, epochs: [] })).toBeUndefined()
})

test('scores: a line for each segment, the threshold, alarms as one where they touch, and known faults', () => {
  const figure = scoresFigure(drawing, measured, 'windows')
  expect(figure.alternative).toBe(
    'Line chart of the scores of 10 rows, from row 1 to row 10: threshold 1, 4 alarms, 2 in the held-out rows; ' +
      'the highest score, 4, is that of row 10.',
  )
  expect(
    svgOf(figure).querySelectorAll('[stroke="var(--model)"] path, path[stroke="var(--model)"]'),
  ).toHaveLength(2)
  expect(
    svgOf(figure).querySelectorAll('[fill="var(--alarm)"] rect, rect[fill="var(--alarm)"]'),
  ).toHaveLength(4)
  expect(svgOf(figure).querySelectorAll('[fill="var(--known)"] rect')).toHaveLength(0)
  const known = scoresFigure(drawing, { ...measured, labels: [{ start: 2, end: 4 }] }, 'windows')
  expect(svgOf(known).querySelectorAll('[fill="var(--known)"] rect, rect[fill="var(--known)"]')).toHaveLength(
    1,
  )
})

test('scores without an alarm, and those that were sampled, are told', () => {
  const calm = measuredOf([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
  const windows = { ...calm.windows, every: 1200 }
  const figure = scoresFigure(drawing, { ...calm, windows }, 'windows')
  expect(figure.caption).toContain('There is no alarm;')
  expect(figure.caption).toContain('One window in 1,200 was scored')
  expect(figure.legend?.map(({ name }) => name)).not.toContain('alarm')
})

test('alarms: the highest first, with the columns that caused them', () => {
  const { document } = parseHTML(`<body>${alarmTable(measured, alarmsOf(measured), columns).text}</body>`)
  const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  )
  expect(rows[0]).toEqual(['row 10', 'row 10', '4', 'held out', 'pressure 75 %, flow 25 %'])
  expect(rows[1]).toEqual(['row 3', 'row 4', '3', 'training', 'pressure 75 %, flow 25 %'])
  expect(rows).toHaveLength(4)
})

test('histogram: shares of both parts, the threshold, and how many lie above it', () => {
  const figure = histogramFigure(drawing, measured, 'windows')
  expect(figure.alternative).toBe(
    'Histogram of the scores of 8 windows, from 0.5 to 4. The threshold is 1; 2 windows of 3 held-out ones (67 %) ' +
      'lie above it.',
  )
  expect(drawnIn(figure, 'threshold')).toHaveLength(1)
  expect(textsOf(figure)).toContain('share of windows')
  const spread = measuredOf([0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 900])
  expect(textsOf(histogramFigure(drawing, spread, 'windows'))).toContain('score, log scale →')
})

test('columns: bars of held-out windows’ errors, the largest first', () => {
  expect([...meanErrors(measured)]).toEqual([expect.closeTo(6.5, 5), expect.closeTo(6.5 / 3, 5)])
  const figure = columnErrorsFigure(drawing, measured, columns)
  expect(textsOf(figure).slice(0, 2)).toEqual(['pressure', 'flow'])
  expect(figure.caption).toBe(
    'Mean error (the root of the mean square in a window) of held-out windows in scaled units, so that columns compare. “pressure” makes 75 % of all error.',
  )
})

test('windows: a panel a column, measured and reconstructed, all three on the same scale', () => {
  const figures = exampleFigures(drawing, measured, columns, 'window')
  expect(figures.map(({ title }) => title)).toEqual(['Best window', 'Median window', 'Worst window'])
  expect(figures[0].alternative).toBe(
    'Line charts of pressure and flow: 2 rows as measured and their reconstruction, from row 7 on; score 0.',
  )
  expect(figures[0].pictures).toHaveLength(2)
  expect(textsOf(figures[0])).toContain('pressure')
  for (const colour of ['measured', 'model']) expect(drawnIn(figures[2], colour)).toHaveLength(1)
})

test('features: a point a window, coloured by nine times', () => {
  const figure = featuresFigure(drawing, measured, 2, 'windows')
  const points = [...svgOf(figure).querySelectorAll('circle')]
  expect(points).toHaveLength(8)
  expect(points[0].getAttribute('fill')).toBe('var(--time-0)')
  expect(points[7].getAttribute('fill')).toBe('var(--time-7)')
  expect(figure.alternative).toMatch(
    /Scatter plot of 8 windows, coloured from row 1 to row 9: .* 100 % of the variance/,
  )
})
