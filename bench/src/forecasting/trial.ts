import { extremeWindows } from './errors.js'
import { type Data, ENDS, originsIn, scaledColumns } from './etth1.js'
import { SETTINGS, type SettingName } from './names.js'

/** What forecasters of some targets are judged by. */
export interface Trial {
  targets: number
  /** Scaled, rows × targets. */
  values: Float64Array
  /** Of each test window, the first row that is forecast. */
  origins: number[]
  /** The test windows of extreme days. */
  extremes: number[]
}

export function trialOf(setting: SettingName, data: Data): Trial {
  const { targets: names = data.series.columns } = SETTINGS[setting].options
  const values = scaledColumns(data, names)
  const origins = originsIn(ENDS.validation, ENDS.test)
  return {
    targets: names.length,
    values,
    origins,
    extremes: extremeWindows(values, names.length, origins),
  }
}
