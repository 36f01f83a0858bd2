import { join } from 'node:path'
import type { Shown } from '../family/results.js'
import { bench } from '../paths.js'
import { type Machine, readJson, writeJson } from '../results.js'

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
export function readForecast(): ForecastResults {
  const results = readJson<ForecastResults>(file)
  if (results) return results
  throw new Error(`there is no ${file}; forecast with five seeds writes it`)
}
