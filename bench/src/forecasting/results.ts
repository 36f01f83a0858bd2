import { join } from 'node:path'
import type { Shown } from '../family/results.js'
import { bench } from '../paths.js'
import { type Machine, readWritten, writeJson } from '../results.js'

/** `results/forecast.json`. */
export interface ForecastResults extends Shown {
  machine: Machine
  /** How many. */
  seeds: number
  seconds: number
}

const file = join(bench, 'results', 'forecast.json')

export const writeForecast = (results: ForecastResults): void => writeJson(file, results)

/** @throws Error where there are none */
export const readForecast = (): ForecastResults => readWritten(file, 'forecast with five seeds')
