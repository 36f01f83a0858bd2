import { fileURLToPath } from 'node:url'
import { readSeries } from '@tempocode/trainer/node'

const FILE = new URL(
  '../../../node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv',
  import.meta.url,
)

/** A year of Seattle's weather, hour by hour. */
export const readWeather = () => readSeries(fileURLToPath(FILE))
