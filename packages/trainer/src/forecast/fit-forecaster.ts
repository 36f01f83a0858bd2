import { type Form, toForecasterOnnx } from '@tempocode/converters'
import { forecaster as forecasterNetwork } from '@tempocode/models'
import { fit } from '../fit/fit.js'
import { fitSettings } from '../fit/options.js'
import type { Series } from '../series.js'
import { evaluateForecaster } from './evaluate.js'
import { intervalMargins } from './interval-margins.js'
import { areTooFew } from './margins.js'
import type { ForecasterFitOptions } from './options.js'
import { originsOf } from './origins.js'
import { type Preparation, prepareForecast } from './preparation.js'
import type { ForecastRun } from './run.js'
import { groupNames } from './series-scaling.js'
import { type ForecasterPlan, forecasterPlan } from './settings.js'
import { forecasterDevice, withForecaster } from './with-forecaster.js'

/**
 * Trains a forecaster, by `fit`, and measures it on rows that it has not seen.
 *
 * Of each group the last rows test; of the others, the last ones validate. Each series (group) is scaled by its own
 * training rows, so that one network learns from all. The features of an encoder are computed once, before training.
 * Where there are intervals, the validation windows tell how much the quantiles must be widened so that the intervals
 * hold what they should (see `conformalMargin`). The file that comes out forecasts the test rows.
 *
 * The same series, options and number of threads give the same file on the same machine; no value of a test row has a
 * part in it.
 *
 * @throws TempocodeError as `fit` does; `option` for an unknown or unusable option, `data` where rows are too few
 */
export async function fitForecaster(
  series: Series,
  options: ForecasterFitOptions = {},
): Promise<ForecastRun> {
  const plan = forecasterPlan(options)
  const { horizon, window, coverage, testSplit } = plan.own
  const { validationSplit, seed, device: asked } = fitSettings(plan.fit)
  const device = forecasterDevice(asked)
  const warnings: string[] = []
  const onWarning = (message: string) => {
    warnings.push(message)
    options.onWarning?.(message)
  }

  const prepared = await prepareForecast(series, plan, validationSplit, { device, onWarning })
  const model = networkFor(plan, prepared, seed)
  const run = await fit(model, prepared.network, { ...plan.fit, onWarning })

  const { columns, inputs, parts, scaling, cycles, season, encoder } = prepared
  const details = { ...detailsOf(prepared), groupBy: series.groupBy, seed }
  const before = Math.max(window, encoder?.window ?? 0)
  const validation = originsOf(inputs.segments, parts.validation, { horizon, before }, scaling.places)
  if (coverage > 0) checkCalibration(validation.rows.length, coverage, onWarning)
  const margins =
    coverage > 0 && validation.rows.length > 0
      ? await withForecaster(toForecasterOnnx(model, details), device, (plain) =>
          intervalMargins(plain, inputs, validation, { scaling, coverage }),
        )
      : undefined
  const forecaster = (form?: Form) =>
    toForecasterOnnx(model, { ...details, form, margins: margins && { lower: margins, upper: margins } })

  const trial = { inputs, train: parts.train, test: parts.test, scaling, season }
  const evaluation =
    testSplit > 0
      ? await withForecaster(forecaster(), device, (file) => evaluateForecaster(file, trial))
      : undefined
  const features = encoder?.size ?? 0
  const settings = { ...columns, horizon, window, features, cycles, coverage, testSplit, season }
  return { run, settings, parts, evaluation, warnings, forecaster }
}

function networkFor({ own, network: options }: ForecasterPlan, prepared: Preparation, seed: number) {
  const { columns, cycles, encoder, network } = prepared
  return forecasterNetwork({
    ...options,
    window: own.window,
    columns: network.columns.length,
    targets: columns.targets.length,
    known: columns.known.length,
    cycles: 2 * cycles.length,
    features: encoder?.size ?? 0,
    horizon: own.horizon,
    intervals: own.coverage,
    seed,
  })
}

/** What the file is told. */
const detailsOf = ({ inputs, columns, cycles, scaling, ...prepared }: Preparation) => ({
  inputs: inputs.columns,
  targets: columns.targets,
  known: columns.known,
  cycles,
  groups: groupNames(scaling),
  center: scaling.center,
  scale: scaling.scale,
  encoder: prepared.encoder,
  timeStep: prepared.step,
  season: prepared.season,
  dataDigest: prepared.dataDigest,
})

function checkCalibration(windows: number, coverage: number, onWarning: (message: string) => void): void {
  if (!areTooFew(windows, coverage)) return
  const percent = Number((100 * coverage).toPrecision(10))
  onWarning(
    `${windows} validation windows are too few for intervals that hold ${percent} % of the values; use a larger validationSplit`,
  )
}
