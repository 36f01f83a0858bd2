// Draws what the networks of docs/networks.md do on a year of Seattle's weather: a day's temperatures that they have not
// seen, and what they make of them. It trains them first, in about half a minute.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chart } from './chart.js'
import { root } from './digest.js'
import { build, install } from './install.js'

if (!(install() && build())) process.exit(1)
const tempocode = await import('tempocode')
const { denseAutoencoder, loadDecoder, loadEncoder } = tempocode

const [HOURS, AFTER] = [24, 12]
const file = join(root, 'node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv')
const series = await tempocode.readSeries(file, { columns: ['temperature', 'pressure', 'wind'] })
const columns = series.columns.length
const first = series.rows - 500 // held out: fit does not train on the last tenth
const day = rowsFrom(first, HOURS)
const measured = {
  name: 'measured',
  values: temperatures(rowsFrom(first, HOURS + AFTER)),
  width: 4,
  colour: 'grey',
}
const ofDay = { ...measured, values: measured.values.slice(0, HOURS) }

const dense = () => denseAutoencoder({ window: HOURS, columns, units: [16], activation: 'tanh' })
const reconstructed = (await through(dense(), day)).reconstruction
draw('dense-day', [ofDay, { name: 'reconstructed from 16 features', values: reconstructed, colour: 'blue' }])

const isMissing = (i) => (i * 7919) % 10 < 3 // three of ten values, without pattern
const wide = () => denseAutoencoder({ window: HOURS, columns, units: [64], activation: 'tanh' })
const whole = (await through(wide(), day, isMissing)).reconstruction
const masked = (await through(wide(), day, isMissing, { corrupt: 'masking:0.3' })).reconstruction
const shown = {
  values: ofDay.values.map((value, t) => (isMissing(t * columns) ? undefined : value)),
  dots: true,
}
draw('denoising-day', [
  ofDay,
  { name: 'given', ...shown, colour: 'grey' },
  { name: 'trained on whole windows', values: whole, colour: 'red' },
  { name: 'trained on masked ones', values: masked, colour: 'blue' },
])

const heads = ['reconstruction', 'prediction']
const both = await through(tempocode.lstmAutoencoder({ window: HOURS, columns, heads, horizon: AFTER }), day)
draw('composite-day', [
  measured,
  { name: 'reconstructed', values: both.reconstruction, colour: 'blue' },
  { name: 'predicted', values: both.prediction, from: HOURS, colour: 'red' },
])

const run = await tempocode.fit(
  denseAutoencoder({ window: HOURS, columns, units: [32, 4], activation: 'tanh' }),
  series,
  { epochs: 20, learningRate: 0.001 },
)
const decoder = await loadDecoder(await run.decoder())
const made = (await decoder.decode(decoder.sample(6, { seed: 1 }).data)).reconstruction.data
const madeDays = Array.from({ length: 6 }, (_, i) =>
  made.subarray(i * HOURS * columns, (i + 1) * HOURS * columns),
)
draw(
  'generated-days',
  madeDays.map((rows, i) => ({ name: i === 0 ? 'made up' : '', values: temperatures(rows), colour: 'blue' })),
)

/** Trains a network, and gives the temperatures that its heads make of the rows; what is missing is the mean for it. */
async function through(model, rows, isMissing = () => false, options = {}) {
  const run = await tempocode.fit(model, series, { epochs: 30, stride: 2, learningRate: 0.001, ...options })
  const given = rows.map((value, i) => (isMissing(i) ? run.scaler.center[i % columns] : value))
  const encoder = await loadEncoder(run.encoder())
  const decoder = await loadDecoder(await run.decoder())
  const heads = await decoder.decode((await encoder.encode(given)).data)
  return Object.fromEntries(Object.entries(heads).map(([name, { data }]) => [name, temperatures(data)]))
}

function rowsFrom(row, count) {
  return series.values.slice(row * columns, (row + count) * columns)
}

function temperatures(rows) {
  return [...rows].filter((_, i) => i % columns === 0)
}

function draw(name, lines) {
  const file = join('docs', 'charts', `${name}.svg`)
  mkdirSync(join(root, 'docs', 'charts'), { recursive: true })
  writeFileSync(join(root, file), chart(lines, { x: 'hour', y: 'temperature, °C' }))
  console.log(file)
}
process.exit()
