import { type RowRun, rowsOf, runsOf } from './runs.js'

/** Parts of 1; NaN where nothing is there to take a part of. */
export interface EventMeasures {
  /** Labelled events. */
  events: number
  /** Those with an alarm in them. */
  found: number
  /** Runs of alarm that touch no event. */
  falseAlarms: number
  /** found / (found + false alarms) */
  precision: number
  /** found / events */
  recall: number
  f1: number
}

/**
 * Counts events and not rows, as Hundman et al. do (KDD 2018, 4.2): an event is found where any row in alarm lies in it,
 * and a run of alarm that touches no event is one false alarm, however long it is.
 *
 * An alarm that never ends finds everything here and is never false: read it beside the point-wise precision, or as
 * {@link compositeF1}.
 * @param alarms of each row 1 where it is in alarm, else 0
 * @param events rows [start, end) that are anomalous
 */
export function eventMeasures(alarms: ArrayLike<number>, events: readonly RowRun[]): EventMeasures {
  const labels = rowsOf(events, alarms.length)
  const found = events.filter((event) => firstAlarm(alarms, event) !== undefined).length
  const falseAlarms = runsOf(alarms).filter((alarm) => firstAlarm(labels, alarm) === undefined).length
  return eventMeasuresOf({ events: events.length, found, falseAlarms })
}

/** The same from counts, such as sums over groups. */
export function eventMeasuresOf(
  counts: Pick<EventMeasures, 'events' | 'found' | 'falseAlarms'>,
): EventMeasures {
  const { events, found, falseAlarms } = counts
  const f1 = (2 * found) / (found + falseAlarms + events)
  return { ...counts, precision: found / (found + falseAlarms), recall: found / events, f1 }
}

/**
 * The harmonic mean of point-wise precision and event-wise recall (Fc1 of Garg et al., IEEE TNNLS 2021): neither an alarm
 * that never ends nor one that finds half of a long event is worth more than it is.
 */
export function compositeF1(precision: number, eventRecall: number): number {
  return precision + eventRecall === 0 ? 0 : (2 * precision * eventRecall) / (precision + eventRecall)
}

/** The first row in alarm of a run, if there is one. */
export function firstAlarm(alarms: ArrayLike<number>, { start, end }: RowRun): number | undefined {
  for (let row = start; row < end; row++) if (alarms[row]) return row
  return undefined
}
