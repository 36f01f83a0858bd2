import * as tf from '@tensorflow/tfjs'
import type { DetectorOptions } from '../detector/calibrate.js'
import { fit as fitAnywhere } from '../fit/fit.js'
import type { FitOptions } from '../fit/options.js'
import type { Run } from '../fit/run.js'
import type { Series } from '../series.js'
import { saveRun } from './save-run.js'
import { useFastTfjs } from './tfjs.js'

/** A run that can be written to disk. */
export interface NodeRun extends Run {
  /** See {@link saveRun}. */
  save(directory: string, details?: Record<string, unknown>, detector?: DetectorOptions): Promise<string[]>
}

/**
 * `fit` of the trainer's core, in Node: tfjs computes with its WASM backend from then on, unless another one than its
 * slow default has been set, and the run can be saved.
 */
export async function fit(model: tf.LayersModel, series: Series, options: FitOptions = {}): Promise<NodeRun> {
  if (tf.getBackend() === 'cpu') await useFastTfjs()
  const run = await fitAnywhere(model, series, options)
  return { ...run, save: (directory, details, detector) => saveRun(run, directory, details, detector) }
}
