import type { Form } from '@tempocode/converters'
import type { Run } from '../fit/run.js'
import type { Split } from '../split.js'
import type { ForecastEvaluation } from './evaluation.js'
import type { ForecastSettings } from './options.js'

/** What {@link fitForecaster} leaves. */
export interface ForecastRun {
  /** Of the network: `fit`'s, of the series as the network sees it: columns in its order, scaled. */
  run: Run
  settings: ForecastSettings
  /** Rows of the series that trained, validated and tested. */
  parts: Split & { test: Split['train'] }
  /** Undefined where `testSplit` is 0. */
  evaluation?: ForecastEvaluation
  /** Those of `run` among them. */
  warnings: string[]
  /**
   * The forecaster as an ONNX file: raw windows in; forecast and interval out, in raw units (see `toForecasterOnnx`).
   * @param form how recurrent layers are written. Default `operators`.
   */
  forecaster(form?: Form): Uint8Array
}
