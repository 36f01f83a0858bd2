import { denseAutoencoder } from '@tempocode/models'
import { loadForecaster } from '@tempocode/runtime'
import { type ForecasterEncoder, fit } from '@tempocode/trainer'
import { fitForecaster, type NodeForecastRun } from '@tempocode/trainer/node'
import { printResult, scriptInput } from '../child.js'
import { errorsOf } from './errors.js'
import { ENDS, etth1, HORIZON, originsIn, scaledColumns } from './etth1.js'
import { forecasts } from './forecasts.js'
import { SETTINGS, type SettingName, type VariantName } from './names.js'
import { unitsWithout } from './weights.js'

// The forecasters of one seed, with all variants of some settings, in a process of its own

export interface ForecastInput {
  seed: number
  settings: SettingName[]
}

/** What a forecaster has shown. */
export interface ForecastFigures {
  weights: number
  /** The mean squared error of the validation rows. */
  validation: number
  /** `smape` is of raw values. */
  test: { mse: number; mae: number; smape: number; coverage: number; width: number }
  /** The mean squared error of each test window. */
  squares: number[]
}

export type SeedFigures = Partial<Record<SettingName, Record<VariantName, ForecastFigures>>>

/** Hours that the encoder sees: a week. */
const ENCODED = 168
/** How far two sums of the same errors may be apart. */
const SAME = 1e-4

const { seed, settings } = scriptInput<ForecastInput>()
const data = await etth1()
const { series, training } = data
const columns = training.columns
const autoencoder = () => denseAutoencoder({ window: ENCODED, columns: columns.length, relative: true, seed })
const learnt = await fit(autoencoder(), training, { seed, threads: 1 })
const encoders: Record<'trained' | 'random', ForecasterEncoder> = {
  trained: { model: learnt.model, columns, scaler: learnt.scaler },
  random: { model: autoencoder(), columns, scaler: learnt.scaler },
}
const figures: SeedFigures = {}
for (const setting of settings) {
  const none = await trained(setting)
  const features = await trained(setting, { encoder: encoders.trained })
  const units = [manyUnits(setting, none, features.settings.features)]
  figures[setting] = {
    none: await judged(none),
    trained: await judged(features),
    random: await judged(await trained(setting, { encoder: encoders.random })),
    wide: await judged(await trained(setting, { units })),
  }
}
printResult(figures)

/** With the product's defaults. */
function trained(
  setting: SettingName,
  own: { encoder?: ForecasterEncoder; units?: number[] } = {},
): Promise<NodeForecastRun> {
  return fitForecaster(series, {
    ...SETTINGS[setting].options,
    horizon: HORIZON,
    testSplit: 1 - ENDS.validation / ENDS.test,
    validationSplit: 1 - ENDS.train / ENDS.validation,
    seed,
    threads: 1,
    ...own,
  })
}

/** Of the LSTM, with which the network without features has as many weights as the one with them. */
function manyUnits(setting: SettingName, { settings, run }: NodeForecastRun, features: number): number {
  const { window, targets, cycles, coverage } = settings
  const { linear, hidden, dropout } = SETTINGS[setting].options
  return unitsWithout(features, {
    window,
    columns: run.series.columns.length,
    targets: targets.length,
    cycles: 2 * cycles.length,
    horizon: HORIZON,
    intervals: coverage,
    ...(linear !== undefined && { linear }),
    ...(hidden !== undefined && { hidden }),
    ...(dropout !== undefined && { dropout }),
  })
}

async function judged({ run, evaluation, forecaster }: NodeForecastRun): Promise<ForecastFigures> {
  if (!evaluation) throw new Error('nothing was tested')
  const file = await loadForecaster(forecaster(), { device: 'cpu', threads: 1 })
  const values = scaledColumns(data, file.targets)
  const measure = async (from: number, to: number) => {
    const origins = originsIn(from, to)
    return errorsOf(await forecasts(file, data, origins), values, file.targets.length, origins)
  }
  const validation = await measure(ENDS.train, ENDS.validation)
  const { squares, mse, mae } = await measure(ENDS.validation, ENDS.test)
  await file.dispose()
  const { scaled, smape, coverage = Number.NaN } = evaluation.forecaster
  const { width = Number.NaN } = scaled
  if (Math.abs(scaled.mse / mse - 1) > SAME) {
    throw new Error(`the evaluation's error is ${scaled.mse}, and that of the same file and rows ${mse}`)
  }
  return {
    weights: run.model.countParams(),
    validation: validation.mse,
    test: { mse, mae, smape, coverage, width },
    squares: Array.from(squares),
  }
}
