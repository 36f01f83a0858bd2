// Fills in what sensors did not deliver: a dense autoencoder that was trained on inputs of which 30 % were masked, beside
// the same one that was trained on whole inputs. The series is a year of Seattle's weather, hour by hour.
//
//     node examples/denoising/denoising.js

import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import { denseAutoencoder, fit, readSeries } from 'tempocode'

const WINDOW = 24
const HELD_OUT = 0.1 // of the rows, the last ones: fit does not train on them

const file = new URL(
  '../../node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv',
  import.meta.url,
)
const series = await readSeries(fileURLToPath(file))
const columns = series.columns.length
console.log(`${series.rows} hours of ${series.columns.join(', ')}`)

for (const corrupt of ['none', 'masking:0.3']) {
  const model = denseAutoencoder({ window: WINDOW, columns, units: [64] })
  const { scaler } = await fit(model, series, { corrupt, validationSplit: HELD_OUT, epochs: 30 })
  const { known, missing } = errorsOf(model, scaled(scaler))
  console.log(
    `trained with corrupt ${corrupt.padEnd(12)} error of known values ${known}, of missing ones ${missing}`,
  )
}

/** The held-out days, as the network sees them. */
function scaled({ center, scale }) {
  const first = Math.round(series.rows * (1 - HELD_OUT))
  const days = Math.floor((series.rows - first) / WINDOW)
  return series.values
    .subarray(first * columns, (first + days * WINDOW) * columns)
    .map((value, i) => (value - center[i % columns]) / scale[i % columns])
}

/** The mean squared errors of what the network gives for values that it is shown, and for those that it is not. */
function errorsOf(model, values) {
  const isMissing = (_, i) => (i * 7919) % 10 < 3 // three of ten, without pattern
  const inputs = values.map((value, i) => (isMissing(value, i) ? 0 : value)) // 0 is the mean of scaled values
  const outputs = model
    .predict(tf.tensor(inputs, [values.length / WINDOW / columns, WINDOW, columns]))
    .dataSync()
  const squares = [...values].map((value, i) => (outputs[i] - value) ** 2)
  const mean = (numbers) => (numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toFixed(3)
  return { known: mean(squares.filter((_, i) => !isMissing(_, i))), missing: mean(squares.filter(isMissing)) }
}
