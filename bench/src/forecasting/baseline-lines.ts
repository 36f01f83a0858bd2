import type { Line } from '../family/results.js'
import { persistence, seasonalNaive } from './baselines.js'
import { averageOf, type Errors, errorsOf, type Forecast } from './errors.js'
import { HORIZON } from './etth1.js'
import { lagRidge } from './lag-ridge.js'
import type { SettingName } from './names.js'
import type { Trial } from './trial.js'

/** Hours that the ridge regression sees: as many as others gave it. */
const LAGS: Partial<Record<SettingName, number>> = { OT: 96, all: 48 }

/** Of the papers' tables for 24 hours: TS2Vec (Yue et al. 2022), Informer (Zhou et al. 2021). */
const PUBLISHED: Partial<Record<SettingName, Record<string, number>>> = {
  OT: { TS2Vec: 0.039, Informer: 0.098 },
  all: { TS2Vec: 0.599, Informer: 0.577 },
}

/** What has to be beaten; none for settings that are variations of another one. */
export function baselineLines(setting: SettingName, { targets, values, origins, extremes }: Trial): Line[] {
  const hours = LAGS[setting]
  if (hours === undefined) return []
  const line = (name: string, { squares, mse, mae }: Errors): Line => ({
    name,
    cells: { MSE: mse, MAE: mae, 'MSE, extreme days': averageOf(squares, extremes) },
  })
  const errors = (forecast: Forecast) => errorsOf(forecast, values, targets, origins)
  return [
    line('persistence', errors(persistence(values, targets, origins))),
    line('seasonal-naive', errors(seasonalNaive(values, targets, origins, HORIZON))),
    line(`ridge on the last ${hours} hours`, lagRidge(values, targets, hours, origins).errors),
    ...Object.entries(PUBLISHED[setting] ?? {}).map(
      ([name, mse]): Line => ({ name: `${name}, published`, cells: { MSE: mse } }),
    ),
  ]
}
