import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lstmAutoencoder } from '@tempocode/models'
import { seriesOf } from '@tempocode/trainer'
import { fit, fitForecaster, forecastReportOf, reportOf } from '@tempocode/trainer/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChromium } from './chromium.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-report-'))
const EVIL = `<img src="https://example.com/x.png" onerror="document.title = 'run'"><script>document.title = 'run'</script>`
const columns = [
  EVIL,
  `a_long_name_${'without_an_end_'.repeat(12)}`,
  ...Array.from({ length: 10 }, (_, i) => `s${i}`),
]

let started: Awaited<ReturnType<typeof startChromium>>
/** Of a report of a training, and of one of a forecaster. */
let [url, forecastUrl]: string[] = []

beforeAll(async () => {
  started = await startChromium()
  const rows = Array.from({ length: 1200 }, (_, t) =>
    columns.map((_, c) => Math.sin(t / (5 + c)) + ((t * 7919 + c) % 17) / 60 + (t > 1150 && c === 1 ? 3 : 0)),
  )
  const series = seriesOf(rows, { columns })
  const run = await fit(
    lstmAutoencoder({
      window: 8,
      columns: columns.length,
      units: [6],
      heads: ['reconstruction', 'prediction'],
      horizon: 3,
    }),
    series,
    { epochs: 3 },
  )
  const file = join(directory, 'report.html')
  writeFileSync(file, await reportOf(run, { details: { source: { data: `${EVIL}.csv` } } }))
  url = pathToFileURL(file).href
  const targets = [EVIL, columns[1], 's0', 's1', 's2']
  const half = {
    segments: [0, 600].map((start) => ({ start, end: start + 600, name: start === 0 ? EVIL : columns[1] })),
  }
  const groups = { ...series, ...half, groupBy: columns[1] }
  const forecaster = await fitForecaster(groups, { epochs: 1, targets, season: 31, window: 24 })
  const page = join(directory, 'forecast.html')
  writeFileSync(
    page,
    await forecastReportOf(forecaster, groups, { details: { source: { data: `${EVIL}.csv` } } }),
  )
  forecastUrl = pathToFileURL(page).href
})
afterAll(async () => {
  rmSync(directory, { recursive: true })
  if (started && 'browser' in started) await started.browser.close()
})

const SCREENS = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 800, height: 900, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light' },
] as const

const PAGES = { Report: () => url, Forecast: () => forecastUrl }
const CASES = Object.entries(PAGES).flatMap(([name, url]) =>
  SCREENS.map((screen) => ({ name, url, ...screen })),
)

for (const { name, url: of, width, height, colorScheme } of CASES) {
  test(`in Chromium, ${width} pixels wide and ${colorScheme}, ${name} is whole`, async ({ skip }) => {
    if ('missing' in started) return skip(started.missing)
    const url = of()
    const page = await started.browser.newPage({ viewport: { width, height }, colorScheme })
    const told: string[] = []
    page.on('console', (message) => told.push(message.text())) // where violations of the policy are told
    page.on('pageerror', ({ message }) => told.push(message))
    page.on('request', (request) => told.push(request.url()))
    await page.goto(url)
    const seen = await page.evaluate<Seen>(LOOK)
    await page.close()
    expect(told).toEqual([url])
    expect(seen.title).toBe(`${name}: ${EVIL}.csv`)
    expect(seen.width).toBe(width) // nothing to scroll to sideways
    expect(seen.outside).toEqual([])
    expect(seen.hidden).toEqual([])
    expect(seen.smallest).toBeGreaterThan(8.5)
    expect(seen.contrast).toBeGreaterThan(4.5)
  })
}

test('in Chromium, on paper it is light, whatever the screen', async ({ skip }) => {
  if ('missing' in started) return skip(started.missing)
  const page = await started.browser.newPage({ colorScheme: 'dark' })
  await page.goto(url)
  const ink = () => page.evaluate<string>('getComputedStyle(document.body).color')
  const dark = await ink()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect([dark, await ink()]).toEqual(['rgb(230, 237, 243)', 'rgb(31, 35, 40)'])
  await page.close()
})

interface Seen {
  title: string
  width: number
  /** Elements that reach beyond the screen's right edge. */
  outside: string[]
  /** Pictures of which nothing is seen. */
  hidden: string[]
  /** The smallest text of a chart, in pixels of the screen. */
  smallest: number
  /** Of pale text and the card that it stands on, as WCAG 2 has it. */
  contrast: number
}

/** As text: a function would be rewritten by vitest before it gets there. */
const LOOK = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const box = (element) => element.getBoundingClientRect()
  const name = (element) => element.tagName + ' ' + element.textContent.slice(0, 40)
  const texts = all('.plot text').filter((text) => box(text).width > 0)
  const colour = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const c = part / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  const light = (text) => { const [r, g, b] = colour(text); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const [a, b] = [getComputedStyle(document.querySelector('figcaption')).color,
    getComputedStyle(document.querySelector('.card')).backgroundColor].map(light)
  return {
    title: document.title,
    width: document.documentElement.scrollWidth,
    outside: all('main *').filter((x) => !x.closest('.scroll') && box(x).right > innerWidth).map(name),
    hidden: all('[role=img]').filter((x) => box(x).height < 40 || box(x).width < 100).map(name),
    smallest: Math.min(...texts.map((text) => {
      const scale = text.ownerSVGElement.getScreenCTM().a
      return scale * parseFloat(getComputedStyle(text).fontSize)
    })),
    contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
  }
})()`
