import { runScripts } from '../quality/pool.js'
import { machine } from '../results.js'
import { baselineLines } from './baseline-lines.js'
import { checksOf } from './checks.js'
import { etth1 } from './etth1.js'
import type { ForecastInput, SeedFigures } from './forecast-seed.js'
import { SETTINGS, type SettingName, settingNames, type VariantName, variantNames } from './names.js'
import { PROTOCOL } from './protocol.js'
import { type ForecastResults, writeForecast } from './results.js'
import { differencesOf, differenceTable, errorTable, type Judged } from './tables.js'
import { trialOf } from './trial.js'

/** Fewer say little: they are shown, and not kept. */
export const SEEDS = 5

/** The settings that one process trains, one after the other. */
const PARTS: SettingName[][] = [
  ['all', 'all-day'],
  ['OT', 'OT-chosen', 'OT-day', 'all-lstm'],
]

/**
 * Measures forecasters of ETTh1, with and without an encoder's features. What comes is kept, unless the seeds are fewer
 * than five.
 *
 * @throws Missing where the data are not there
 */
export async function measureForecasts(seeds: number): Promise<ForecastResults> {
  const begin = performance.now()
  const data = await etth1()
  const found = bySetting(await judgedForecasters(seeds), (setting, judged) => ({
    judged,
    trial: trialOf(setting, data),
    differences: differencesOf(judged),
  }))
  const tables = settingNames.flatMap((setting) => {
    const { title } = SETTINGS[setting]
    const { judged, trial, differences } = found[setting]
    return [
      errorTable(title, judged, trial.extremes, baselineLines(setting, trial)),
      differenceTable(title, differences, differencesOf(judged, trial.extremes)),
    ]
  })
  const results = {
    machine: machine(),
    seeds,
    seconds: (performance.now() - begin) / 1000,
    protocol: PROTOCOL,
    tables,
    checks: checksOf(found),
  }
  if (seeds >= SEEDS) writeForecast(results)
  else console.error(`bench/results/forecast.json stays as it was: that takes ${SEEDS} seeds`)
  return results
}

/** What each seed's forecasters have shown. */
async function judgedForecasters(seeds: number): Promise<Record<SettingName, Judged>> {
  const inputs = PARTS.flatMap((settings) =>
    Array.from({ length: seeds }, (_, seed): ForecastInput => ({ seed, settings })),
  )
  const figures = await runScripts<ForecastInput, SeedFigures>('forecasting/forecast-seed', inputs)
  const of = (setting: SettingName, variant: VariantName) =>
    figures.flatMap((own) => own[setting]?.[variant] ?? [])
  return bySetting(
    SETTINGS,
    (setting) => Object.fromEntries(variantNames.map((variant) => [variant, of(setting, variant)])) as Judged,
  )
}

const bySetting = <T, Made>(
  given: Record<SettingName, T>,
  make: (setting: SettingName, own: T) => Made,
): Record<SettingName, Made> =>
  Object.fromEntries(settingNames.map((setting) => [setting, make(setting, given[setting])])) as Record<
    SettingName,
    Made
  >
