import type { Alarm } from './alarms.js'
import { type Html, html } from './html.js'
import { table } from './page.js'
import type { Measured } from './report-data.js'
import { digits, grouped, percent } from './words.js'

const MOST = 5
const CAUSES = 3 // columns

/** The alarms with the highest scores, and the columns that caused them. */
export function alarmTable(measured: Measured, alarms: readonly Alarm[], columns: readonly string[]): Html {
  const { timeline, scores, contributions } = measured
  const width = contributions.length / scores.length
  const causes = ({ window }: Alarm) => {
    const own = contributions.subarray(window * width, (window + 1) * width)
    const sum = own.reduce((sum, part) => sum + Math.max(part, 0), 0)
    const order = [...own.keys()].sort((a, b) => own[b] - own[a]).slice(0, CAUSES)
    return order
      .map((column) => `${columns[column]} ${percent(Math.max(own[column], 0) / (sum || 1))}`)
      .join(', ')
  }
  const isGrouped = timeline.groups.length > 0
  const highest = [...alarms].sort((a, b) => b.peak - a.peak || a.row - b.row).slice(0, MOST)
  const rows = highest.map((alarm) => [
    ...(isGrouped ? [alarm.group ?? ''] : []),
    timeline.say(alarm.start),
    timeline.say(alarm.end),
    digits(alarm.peak),
    alarm.heldOut ? 'held out' : 'training',
    causes(alarm),
  ])
  const head = [...(isGrouped ? ['group'] : []), 'from', 'to', 'highest score', 'rows', 'because of']
  const title =
    alarms.length > MOST
      ? `The ${MOST} highest of ${grouped(alarms.length)} alarms`
      : 'The alarms, highest first'
  return html`<h3>${title}</h3>${table(title, head, rows)}`
}
