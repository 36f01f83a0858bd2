// Forecasts of what follows the window, by the window, what is known ahead and an encoder's features

export { checkFuture } from './check-future.js'
export type {
  Comparison,
  Errors,
  ForecastEvaluation,
  ForecastExample,
  ForecastMeasures,
} from './evaluation.js'
export { fitForecaster } from './fit-forecaster.js'
export { type ForecastOfGroup, type ForecastRowsOptions, forecastRows } from './forecast-rows.js'
export type { ForecasterEncoder, ForecasterFitOptions, ForecastSettings } from './options.js'
export type { ForecastRun } from './run.js'
export { FORECASTER_FIT, FORECASTER_HORIZON, FORECASTER_WINDOW } from './settings.js'
export { forecasterDevice } from './with-forecaster.js'
