import type { Cycle } from '@tempocode/runtime'
import { groupsOf, type Segment } from '../segments.js'
import type { Series, Time } from '../series.js'

const DAY = 86_400
const LENGTHS: Record<Cycle, number> = { day: DAY, week: 7 * DAY, year: 365.25 * DAY }

/**
 * The cycles that a series can tell and a training can learn: two rows or more stand in each, and the training rows of a
 * group hold it twice. None where rows have no time stamps.
 * @param train the rows that train
 * @param step seconds from row to row
 */
export function defaultCycles(
  { time }: Series,
  train: readonly Segment[],
  step: number | undefined,
): Cycle[] {
  if (time?.kind !== 'timestamp' || step === undefined) return []
  const spans = groupsOf(train).map(
    (group) => secondsAt(time, group.at(-1)!.end - 1) - secondsAt(time, group[0].start) + step,
  )
  const longest = spans.reduce((most, span) => Math.max(most, span), 0)
  return (Object.keys(LENGTHS) as Cycle[]).filter(
    (cycle) => 2 * step <= LENGTHS[cycle] && 2 * LENGTHS[cycle] <= longest,
  )
}

/** The season that a time step tells, in rows: a day, or else a week, where it is a whole number of steps above 1. */
export function defaultSeason({ time }: Series, step: number | undefined): number | undefined {
  if (time?.kind !== 'timestamp' || !step) return undefined
  return [LENGTHS.day / step, LENGTHS.week / step].find((rows) => rows > 1 && Number.isInteger(rows))
}

/** A row's time stamp in seconds since 1970, UTC. */
export const secondsAt = (time: Time & { kind: 'timestamp' }, row: number): number =>
  Number(time.values[row]) / 1e6
