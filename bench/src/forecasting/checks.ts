import type { Check } from '../family/results.js'
import { mean } from '../statistics.js'
import type { Comparison } from './block-bootstrap.js'
import { SETTINGS, type SettingName } from './names.js'
import type { Judged } from './tables.js'

/** What was found of a setting; of the differences, the first one is that of features against none. */
export interface Found {
  judged: Judged
  differences: Comparison[]
}

const mseOf = ({ judged }: Found) => mean(judged.none.map(({ test }) => test.mse))

/** What should hold. */
export function checksOf(found: Record<SettingName, Found>): Check[] {
  const error = (setting: SettingName, what: string, atMost: number): Check => ({
    what: `MSE, ${SETTINGS[setting].title}${what}`,
    value: mseOf(found[setting]),
    atMost,
  })
  const surely = (setting: SettingName): Check => ({
    what: `features, ${SETTINGS[setting].title}: the upper end of the difference`,
    value: found[setting].differences[0].high,
    atMost: 0,
  })
  return [
    error('OT', '', 0.028),
    error('OT', ', the aim', 0.025),
    error('OT-chosen', ', the aim', 0.025),
    error('all', '', 0.36),
    error('all', ', the aim', 0.32),
    surely('OT'),
    surely('all'),
    surely('OT-day'),
    surely('all-day'),
    surely('all-lstm'),
    {
      what: `features, ${SETTINGS['all-day'].title}: the difference in %, the aim`,
      value: found['all-day'].differences[0].percent,
      atMost: -14,
    },
  ]
}
