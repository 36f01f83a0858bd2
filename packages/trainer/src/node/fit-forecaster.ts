import * as tf from '@tensorflow/tfjs'
import { fitForecaster as fitAnywhere } from '../forecast/fit-forecaster.js'
import type { ForecasterFitOptions } from '../forecast/options.js'
import type { ForecastRun } from '../forecast/run.js'
import type { Series } from '../series.js'
import { type SaveForecasterOptions, saveForecaster } from './save-forecaster.js'
import { useFastTfjs } from './tfjs.js'

/** A forecaster's run that can be written to disk. */
export interface NodeForecastRun extends ForecastRun {
  /** See {@link saveForecaster}. */
  save(directory: string, options?: SaveForecasterOptions): Promise<string[]>
}

/**
 * `fitForecaster` of the trainer's core, in Node: tfjs computes with its WASM backend from then on, unless another one
 * than its slow default has been set, and the run can be saved.
 */
export async function fitForecaster(
  series: Series,
  options: ForecasterFitOptions = {},
): Promise<NodeForecastRun> {
  if (tf.getBackend() === 'cpu') await useFastTfjs()
  const run = await fitAnywhere(series, options)
  return { ...run, save: (directory, options) => saveForecaster(run, series, directory, options) }
}
