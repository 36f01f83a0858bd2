import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import type { ForecasterFitOptions } from '../../../forecast/options.js'
import type { Series } from '../../../series.js'
import { fitForecaster } from '../../fit-forecaster.js'
import { forecastReportOf } from './write-page.js'

const SMALL = { window: 6, horizon: 3, epochs: 1, units: [3], cycles: [], season: 12 }

/** Waves of 200 rows in each group; without groups one of them. */
function seriesOf(names: readonly string[], groups = 0): Series {
  const count = Math.max(groups, 1)
  const rows = 200 * count
  return {
    columns: [...names],
    rows,
    values: Float32Array.from({ length: rows * names.length }, (_, i) => {
      const [t, c] = [Math.floor(i / names.length), i % names.length]
      return 10 * c + Math.sin(t / (2 + c)) + ((t * 7919 + c) % 13) / 50
    }),
    ...(groups > 0 && { groupBy: 'shop' }),
    segments: Array.from({ length: count }, (_, g) => ({
      start: 200 * g,
      end: 200 * g + 200,
      ...(groups > 0 && { name: `shop ${g}` }),
    })),
  }
}

async function page(series: Series, options: ForecasterFitOptions = {}) {
  const run = await fitForecaster(series, { ...SMALL, ...options })
  const html = await forecastReportOf(run, series, { details: { source: { data: '<b>.csv' } } })
  const { document } = parseHTML(html)
  expect(/NaN|undefined|Infinity|\[object/.exec(html)).toBeNull()
  expect(document.querySelectorAll('script, link[href^=http], img, iframe, object, b.csv')).toHaveLength(0)
  for (const picture of document.querySelectorAll('[role=img]'))
    expect(picture.getAttribute('aria-label') ?? picture.querySelector('title')?.textContent).toMatch(
      /\w+ \w+/,
    )
  expect(document.querySelector('h1')?.textContent).toBe('<b>.csv')
  const titles = [...document.querySelectorAll('h3')].map((title) => title.textContent)
  const text = (selector: string) => document.querySelector(selector)?.textContent ?? ''
  const labels = [...document.querySelectorAll('[role=img]')].map(
    (one) => one.getAttribute('aria-label') ?? '',
  )
  return { run, document, titles, text, labels }
}

test('what it forecasts, and how good it is beside what is to be beaten', async () => {
  const { run, document, titles, text, labels } = await page(seriesOf(['load', 'temp']), {
    targets: ['load'],
  })
  const { forecaster, persistence } = run.evaluation!
  const part = forecaster.scaled.mse / persistence.scaled.mse
  expect(text('.lead')).toMatch(
    /^It forecasts load for the next 3 rows from 6 rows of 2 columns\. On 40 test rows /,
  )
  expect(text('.lead')).toContain(
    `${Number((100 * Math.abs(1 - part)).toPrecision(3))} % ${part < 1 ? 'below' : 'above'} that of persistence`,
  )
  expect(titles).toEqual(
    expect.arrayContaining([
      'What was forecast',
      'All 38 test windows',
      'The 2 that move farthest',
      'Error by step',
    ]),
  )
  const cells = [...document.querySelectorAll('#test table')].map((table) =>
    [...table.querySelectorAll('tbody td:first-child')].map((cell) => cell.textContent),
  )
  const methods = ['forecaster', 'persistence', 'seasonal-naive']
  expect(cells).toEqual([methods, methods, ['load']])
  expect([...document.querySelectorAll('svg text')].map((one) => one.textContent)).toContain('load')
  expect(labels.find((label) => label.includes('with 4 forecasts of test rows'))).toContain(
    'load forecast from ',
  )
  expect(labels.find((label) => label.startsWith('Line chart of the part of'))).toContain(
    '90 % was asked for',
  )
  expect(text('#data')).toContain('other columnstemp')
})

test('groups: a strip for each of the first four, and a table of all, the worst first', async () => {
  const { run, document, titles } = await page(seriesOf(['sales'], 5))
  expect(titles).toEqual(expect.arrayContaining(['shop 0', 'shop 3', 'By group, the worst first']))
  expect(titles).not.toContain('shop 4')
  const order = [...run.evaluation!.bySeries].sort(
    (a, b) => b.forecaster.scaled.mae - a.forecaster.scaled.mae,
  )
  const shown = [...document.querySelectorAll('#series tbody td:first-child')].map((cell) => cell.textContent)
  expect(shown).toEqual(order.map(({ group }) => group))
})

test('of one step there is no picture by step; without intervals there is none of them', async () => {
  const one = await page(seriesOf(['load']), { horizon: 1 })
  expect(one.titles).not.toContain('Error by step')
  expect(one.document.querySelectorAll('#forecasts circle').length).toBeGreaterThan(3)
  const none = await page(seriesOf(['load']), { coverage: 0 })
  expect(none.titles).toContain('Error by step')
  expect(none.titles).not.toContain('Values within their intervals')
})

test('without test rows it says so', async () => {
  const { text, titles } = await page(seriesOf(['load']), { testSplit: 0 })
  expect(text('.lead')).toContain('No rows were kept to test it on.')
  expect(text('#data')).toContain('tested onnone')
  expect(titles).not.toContain('Error by step')
})
