// Makes up days of weather: an autoencoder learns a year of Seattle's, hour by hour; then codes are drawn around those of
// the training days and decoded. Beside each column's mean and deviation in made-up days stand those of real ones.
//
//     node examples/generating/generating.js

import { fileURLToPath } from 'node:url'
import { denseAutoencoder, fit, loadDecoder, readSeries } from 'tempocode'

const HOURS = 24
const DAYS = 365

const file = new URL(
  '../../node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv',
  import.meta.url,
)
const series = await readSeries(fileURLToPath(file), { columns: ['temperature', 'pressure', 'wind'] })
const model = denseAutoencoder({ window: HOURS, columns: 3, units: [32, 4] })
const run = await fit(model, series, { epochs: 20, validationSplit: 0 })

const decoder = await loadDecoder(await run.decoder())
const { data: codes } = decoder.sample(DAYS, { seed: 1 })
const { reconstruction } = await decoder.decode(codes)
series.columns.forEach((name, column) => {
  const [real, made] = [series.values, reconstruction.data].map((rows) => describe(rows, column))
  console.log(`${name.padEnd(12)}real ${real}   made up ${made}`)
})
const [temperatures] = days(reconstruction.data, 0)
console.log(`a day's temperatures: ${temperatures.map((value) => value.toFixed(1)).join(' ')}`)
await decoder.dispose()

/** A column's values, day by day. */
function days(rows, column) {
  const values = [...rows].filter((_, i) => i % 3 === column)
  return Array.from({ length: Math.floor(values.length / HOURS) }, (_, day) =>
    values.slice(day * HOURS, (day + 1) * HOURS),
  )
}

function describe(rows, column) {
  const values = days(rows, column).flat()
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return `${mean.toFixed(2)} ± ${Math.sqrt(variance).toFixed(2)}`.padEnd(14)
}
