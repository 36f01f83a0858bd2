import { type Forecaster, type LoadOptions, loadForecaster } from '@tempocode/runtime'

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
