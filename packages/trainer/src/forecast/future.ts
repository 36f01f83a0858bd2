import { TempocodeError } from '@tempocode/core'
import type { Series, Time } from '../series.js'

/** The rows of a group that follow its end. */
export interface Following {
  /** For messages: `` or `group "a": `. */
  where: string
  /** The group's last row's time. */
  last?: { time: Time; row: number }
  /** From row to row, in the unit of time. */
  step?: number
}

/**
 * The rows of known values that follow a group's end: of those of its name the first `horizon`, or where there are
 * times the first after the end.
 * @throws TempocodeError `data` where there are fewer, or their times are not those that are to be forecast
 */
export function futureRows(
  future: Series,
  name: string | undefined,
  horizon: number,
  { where, last, step }: Following,
): number[] {
  const rows = future.segments
    .filter((segment) => segment.name === name)
    .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i))
  const { time } = future
  if (last === undefined || time === undefined || step === undefined) return whole(rows, horizon, where)
  const unit = time.kind === 'timestamp' ? 1e6 : 1
  const from = Number(last.time.values[last.row])
  const after = whole(
    rows.filter((row) => Number(time.values[row]) > from),
    horizon,
    where,
  )
  after.forEach((row, i) => {
    const late = (Number(time.values[row]) - from) / unit
    if (Math.abs(late - (i + 1) * step) <= step / 2) return
    const message = `${where}row ${i + 1} of the future is ${late} after the last row; its time should be ${(i + 1) * step} after it`
    throw new TempocodeError('data', message, { row: row + 1 })
  })
  return after
}

function whole(rows: number[], horizon: number, where: string): number[] {
  if (rows.length >= horizon) return rows.slice(0, horizon)
  const message = `${where}the future has ${rows.length} rows after the end; the known columns are needed for ${horizon}`
  throw new TempocodeError('data', message)
}
