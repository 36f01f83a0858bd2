import type { ForecastEvaluation } from '../../../forecast/evaluation.js'
import type { ForecastSettings } from '../../../forecast/options.js'
import type { NetworkFacts, TrainingFacts } from '../report-data.js'
import type { Strip } from './strips.js'

/** All that the page of a forecaster shows, in plain values. */
export interface ForecastPage {
  /** Where the rows come from, where that is known. */
  source?: string
  version: string
  written: Date
  settings: ForecastSettings
  network: Pick<NetworkFacts, 'name' | 'parameters' | 'picture'>
  training: TrainingFacts
  rows: RowFacts
  /** Of the test rows; undefined where none were kept for it. */
  evaluation?: ForecastEvaluation
  strips: readonly Strip[]
  warnings: readonly string[]
}

export interface RowFacts {
  rows: number
  training: number
  validation: number
  test: number
  /** Seconds from row to row, where rows have time stamps. */
  step?: number
  groups: number
  groupBy?: string
}
