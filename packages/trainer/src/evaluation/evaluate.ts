import { averagePrecision, type BestF1, bestF1, rocAuc } from './areas.js'
import { type Confusion, confusion, type PointMeasures, pointMeasures } from './confusion.js'
import { detectionDelays, type Summary, summaryOf } from './delays.js'
import { compositeF1, type EventMeasures, eventMeasures, eventMeasuresOf } from './event-measures.js'
import { poolRows, type ScoredRows, scoredAlarms } from './scored-rows.js'

/** What {@link evaluate} finds. Parts are of 1; NaN where nothing is there to take a part of. */
export interface Evaluation {
  /** Rows that have a score. Only these count in point-wise measures and areas. */
  rows: number
  /** The part of them that is labelled anomalous: the precision, and the area under it, of a detector that guesses. */
  anomalous: number
  /** Rows without a score, and how many of them are labelled anomalous. */
  unscored: { rows: number; anomalous: number }
  /** Each row by itself, over all groups together. */
  points: Confusion & PointMeasures
  /** Each event and each run of alarm by itself. An event without a scored row is missed. */
  events: EventMeasures
  compositeF1: number
  /** From the start of each event that was found to its first row in alarm. */
  delay: { rows: Summary /** In the unit of `times`. */; time?: Summary }
  rocAuc: number
  averagePrecision: number
  /** Found on the labels: no detector can know its threshold. */
  bestF1: BestF1
}

/**
 * Measures a detector's scores and alarms against labels. Rows and events of all groups count together; no run of alarm
 * goes on from one group to the next.
 * @param groups rows that follow each other in time, each group by itself
 * @throws TempocodeError `data` where lengths differ, alarms are not 0 and 1, events are no runs of the rows, or no row
 *   has a score
 */
export function evaluate(groups: readonly ScoredRows[]): Evaluation {
  const { scores, alarms, labels, unscored } = poolRows(groups)
  const counts = confusion(alarms, labels)
  const points = { ...counts, ...pointMeasures(counts) }
  const found = groups.map((group) => eventMeasures(scoredAlarms(group), group.events))
  const sum = (count: (measures: EventMeasures) => number) => found.reduce((all, one) => all + count(one), 0)
  const events = eventMeasuresOf({
    events: sum((one) => one.events),
    found: sum((one) => one.found),
    falseAlarms: sum((one) => one.falseAlarms),
  })
  return {
    rows: scores.length,
    anomalous: (counts.truePositives + counts.falseNegatives) / scores.length,
    unscored,
    points,
    events,
    compositeF1: compositeF1(points.precision, events.recall),
    delay: delaysOf(groups),
    rocAuc: rocAuc(scores, labels),
    averagePrecision: averagePrecision(scores, labels),
    bestF1: bestF1(scores, labels),
  }
}

function delaysOf(groups: readonly ScoredRows[]): Evaluation['delay'] {
  const rows = groups.flatMap((group) => detectionDelays(scoredAlarms(group), group.events))
  if (groups.some(({ times }) => times === undefined)) return { rows: summaryOf(rows) }
  const time = groups.flatMap((group) => detectionDelays(scoredAlarms(group), group.events, group.times))
  return { rows: summaryOf(rows), time: summaryOf(time) }
}
