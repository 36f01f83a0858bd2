import { type Forecaster, type LoadOptions, loadForecaster } from '@tempocode/runtime'
import type { TrainingDevice } from '../fit/settings.js'

/** Where files run of a training on this device. On `cuda` not every file runs, so that `auto` chooses for it. */
export const forecasterDevice = (trained?: 'auto' | TrainingDevice): LoadOptions['device'] =>
  trained === 'cuda' ? 'auto' : trained

/** What is found with a forecaster's file, which is loaded for it. */
export async function withForecaster<T>(
  file: Uint8Array,
  device: LoadOptions['device'],
  find: (forecaster: Forecaster) => Promise<T>,
): Promise<T> {
  const forecaster = await loadForecaster(file, { device })
  try {
    return await find(forecaster)
  } finally {
    await forecaster.dispose()
  }
}
