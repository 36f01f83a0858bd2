import { denseAutoencoder, gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import type { Series } from '../../series.js'
import { seriesOf } from '../../series-of.js'
import { fit } from '../fit.js'
import { type ReportOptions, reportOf } from './write-report.js'

const wave = (rows: number, columns: number) =>
  Array.from({ length: rows }, (_, t) =>
    Array.from({ length: columns }, (_, c) => Math.sin(t / (3 + c)) + ((t * 7919 + c) % 13) / 50),
  )
const named = (count: number) => Array.from({ length: count }, (_, i) => `sensor ${i}`)
const plain = (rows: number, columns: number) => seriesOf(wave(rows, columns), { columns: named(columns) })
const dense = (columns: number, window = 6) => denseAutoencoder({ window, columns, units: [8, 2] })

async function page(
  model: tf.LayersModel,
  series: Series,
  options: Parameters<typeof fit>[2] = {},
  report: ReportOptions = {},
) {
  const run = await fit(model, series, { epochs: 2, ...options })
  return checked(await reportOf(run, report))
}

/** What holds for every report. */
function checked(html: string) {
  const { document } = parseHTML(html)
  const pictures = [...document.querySelectorAll('[role=img]')]
  for (const picture of pictures) {
    const alternative = picture.getAttribute('aria-label') ?? picture.querySelector('title')?.textContent
    expect(alternative).toMatch(/\w+ \w+/)
    expect(picture.matches('svg') || picture.querySelector('svg') !== null).toBe(true)
  }
  const alone = [...document.querySelectorAll('svg')].filter((svg) => !svg.closest('[role=img]'))
  expect(alone).toEqual([])
  expect(html.match(/<svg/g)).toHaveLength(document.querySelectorAll('svg').length)
  expect(html.match(/<\/svg>/g)).toHaveLength(document.querySelectorAll('svg').length)
  expect(document.querySelectorAll('script, link[href^=http], img, iframe, object')).toHaveLength(0)
  expect(/NaN|undefined|Infinity|\[object/.exec(html)).toBeNull()
  const attributes = [...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
  expect(attributes.filter((name) => /^(src|on)/.test(name))).toEqual([])
  const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]')?.getAttribute('content')
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
  const text = (selector: string) => document.querySelector(selector)?.textContent ?? ''
  const titles = [...document.querySelectorAll('h3')].map((title) => title.textContent)
  const alternative = (title: string) =>
    pictures.map((picture) => picture.getAttribute('aria-label') ?? '').find((label) => label.includes(title))
  return { html, document, text, titles, alternative }
}

test('one column, and nothing held out', async () => {
  const { text, titles, alternative } = await page(dense(1), plain(80, 1), { validationSplit: 0 })
  expect(text('.lead')).toMatch(
    /and 1 column into 2 features\. Training brought the loss of training windows/,
  )
  expect(text('#windows')).toContain('for none were held out')
  expect(titles).toEqual(expect.arrayContaining(['Best window', 'Median window', 'Worst window', 'Loss']))
  expect(alternative('Line chart of the scores')).toContain('the scores of 80 rows, from row 1 to row 80')
  expect(alternative('Bar chart')).toContain('“sensor 0” is known worst')
})

test('thirty columns, one of which would be a script', async () => {
  const evil = `<script>alert("x")</script><img src=x onerror='alert(1)'>`
  const series = { ...plain(200, 30), columns: [...named(29), evil] }
  const { document, html, alternative } = await page(dense(30), series)
  expect(/<script|<img/.exec(html)).toBeNull()
  const cells = [...document.querySelectorAll('#data td:first-child')].map((cell) => cell.textContent)
  expect(cells).toEqual(series.columns)
  expect(alternative('Line charts')).toContain('as measured and their reconstruction')
  expect(document.querySelectorAll('#windows figure:first-of-type svg')).toHaveLength(4)
})

test('groups with gaps, a network that reconstructs and predicts, and known faults', async () => {
  const whole = plain(240, 2)
  const segments = Array.from({ length: 6 }, (_, g) => [
    { start: 40 * g, end: 40 * g + 12, name: `pump <${g}>` },
    { start: 40 * g + 12, end: 40 * g + 40, name: `pump <${g}>` },
  ]).flat()
  const model = lstmAutoencoder({
    window: 6,
    columns: 2,
    units: [4],
    heads: ['reconstruction', 'prediction'],
    horizon: 2,
  })
  const series = { ...whole, segments, groupBy: 'pump' }
  const labels = [{ start: 100, end: 110 }]
  const { text, alternative, document } = await page(model, series, { validationSplit: 0.3 }, { labels })
  expect(text('#windows .legend')).toContain('predicted')
  expect(alternative('Line charts')).toContain('8 rows as measured and their reconstruction and prediction')
  expect(alternative('scores of 240 rows')).toContain('of 6 groups')
  expect(text('#data')).toContain('6 places, which no window spans')
  expect(text('#scores .legend')).toContain('known fault')
  expect(text('#scores svg')).toContain('pump <5>')
  expect(document.querySelectorAll('rect[fill="var(--known)"], [fill="var(--known)"] rect').length).toBe(2)
})

test('sequences of different lengths', async () => {
  const segments = Array.from({ length: 30 }, (_, g) => ({
    start: 8 * g,
    end: 8 * g + 2 + (g % 6),
    name: `g${g}`,
  }))
  const model = gruAutoencoder({ window: 6, columns: 2, units: [4], masked: true })
  const { text, titles } = await page(model, { ...plain(240, 2), segments, groupBy: 'gesture' })
  expect(titles).toContain('Worst sequence')
  expect(text('.lead')).toContain('sequences of up to 6 rows')
})

test('times, a baseline, and where the rows come from', async () => {
  const values = BigInt64Array.from({ length: 100 }, (_, t) => BigInt(Date.UTC(2024, 0, 1, t)) * 1000n)
  const series = { ...plain(100, 2), time: { name: 'time', kind: 'timestamp' as const, values } }
  const details = { source: { data: 'pump.csv' }, baseline: { components: 2, error: 1e-9, exact: false } }
  const { text, alternative } = await page(dense(2), series, {}, { details })
  expect(text('h1')).toBe('pump.csv')
  expect(text('.lead')).toMatch(/above that of principal components .* not worth its cost/)
  expect(text('#training .legend')).toContain('PCA')
  expect(text('#data')).toContain('2024-01-01 to 2024-01-05 03:00')
  expect(text('#data')).toContain('1 hour')
  expect(alternative('scores of 100 rows')).toContain('from 2024-01-01 to 2024-01-05 03:00')
})

test('without a detector, the reason is told', async () => {
  const run = await fit(dense(1), plain(80, 1), { epochs: 1 })
  const detector = { missing: 'layer <x> cannot be exported' }
  const { text, titles } = checked(await reportOf(run, { detector }))
  expect(text('#windows')).toContain('Not known: layer <x> cannot be exported.')
  expect(titles).toContain('Loss')
  expect(titles).not.toContain('Scores over time')
})

test('the same run gives the same bytes, but for the date and the seconds', async () => {
  const write = async () => {
    const run = await fit(dense(2), plain(120, 2), { epochs: 2, engine: 'tfjs' })
    return (await reportOf({ ...run, seconds: 1 })).replace(/on \d{4}-\d\d-\d\d \d\d:\d\d UTC/, '')
  }
  expect(await write()).toBe(await write())
})
