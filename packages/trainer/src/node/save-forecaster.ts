import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { version } from '@tempocode/core'
import { placement } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import type { ForecastRun } from '../forecast/run.js'
import { countRows } from '../segments.js'
import type { Series } from '../series.js'
import { cannotWrite, writeFileAtomic } from './atomic.js'
import { type ForecastReportOptions, forecastReportOf } from './report/forecast/write-page.js'
import { checkRunDirectory } from './save-run.js'

export interface SaveForecasterOptions extends ForecastReportOptions {
  /** The run's forecaster.onnx, where it is written already. */
  forecaster?: Uint8Array
}

/**
 * Writes what a forecaster's run leaves behind, each file beside its place first, so that a crash leaves old files whole:
 *
 *     forecaster.onnx       raw window in; forecast and interval out
 *     forecaster.plain.onnx the same for CUDA, where that does not run forecaster.onnx
 *     forecast.html         how good it is, in pictures: for people
 *     train/forecaster.json what was trained, with which options, and all that was measured
 *
 * @param series what it was trained on
 * @param directory created if missing; files of other names in it are left alone
 * @param options details: what else forecaster.json should tell, such as where the data come from
 * @returns the files' paths within the directory
 * @throws TempocodeError `file` where the directory or a file cannot be written
 */
export async function saveForecaster(
  run: ForecastRun,
  series: Series,
  directory: string,
  options: SaveForecasterOptions = {},
): Promise<string[]> {
  await checkRunDirectory(directory)
  const { forecaster = run.forecaster(), ahead, details } = options
  const config = JSON.stringify({ ...configOf(run), ...details }, null, 2)
  const files: Record<string, string | Uint8Array> = {
    'train/forecaster.json': `${config}\n`,
    'forecast.html': await forecastReportOf(run, series, { ahead, details }),
    ...(placement(forecaster, 'cuda').length > 0 && { [PLAIN]: run.forecaster('plain') }),
    'forecaster.onnx': forecaster,
  }
  await mkdir(join(directory, 'train'), { recursive: true }).catch((cause) => {
    throw cannotWrite(directory, cause)
  })
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(join(directory, name), content)
  if (!(PLAIN in files)) await rm(join(directory, PLAIN), { force: true }) // that of an older run
  return Object.keys(files).reverse()
}

const PLAIN = 'forecaster.plain.onnx'

function configOf({ run, settings, parts, evaluation, warnings }: ForecastRun) {
  const { settings: training, engine, bestEpoch, initialLoss, finalLoss, stopped, seconds } = run
  const { examples, ...measured } = evaluation ?? {}
  return {
    versions: { tempocode: version, tfjs: tf.version.tfjs, node: process.versions.node },
    settings,
    training: { ...training, engine },
    rows: {
      training: countRows(parts.train),
      validation: countRows(parts.validation),
      test: countRows(parts.test),
    },
    result: { epochs: run.epochs.length, bestEpoch, initialLoss, finalLoss, stopped, seconds, warnings },
    ...(evaluation && { evaluation: measured }),
  }
}
