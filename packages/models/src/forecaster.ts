import type * as tf from '@tensorflow/tfjs'
import { forecasterNetwork } from './forecaster/network.js'
import { checkForecaster, FORECASTER_OPTIONS, type ForecasterOptions } from './forecaster/options.js'
import { checkOptions } from './options.js'

/**
 * A network that forecasts: [batch, window, columns] → `prediction` [batch, horizon, targets], the rows after the
 * window of its first columns; and with `intervals` the quantiles between which they should be, `quantile_5` and
 * `quantile_95` for 0.9. Its columns are in this order: targets, others that are measured, those known ahead, those of
 * cycles, features of an encoder.
 *
 * It forecasts what changes from the window's last row on: untrained, it says that nothing will. An LSTM reads the
 * last rows, and each target has a linear view of its own of the whole window; `forecaster/network.ts` names the layers.
 *
 * @throws TempocodeError `option` for an unknown option, a value that is not allowed, or options that do not go together
 */
export function forecaster(options: ForecasterOptions): tf.LayersModel {
  checkOptions('forecaster', options, FORECASTER_OPTIONS)
  return forecasterNetwork(checkForecaster(options))
}
