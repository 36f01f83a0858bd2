// Measures of scores and alarms against labels; docs/evaluating.md says what each one means

export { averagePrecision, type BestF1, bestF1, rocAuc } from './areas.js'
export { type Confusion, confusion, type PointMeasures, pointMeasures } from './confusion.js'
export { detectionDelays, leadTimes, type Summary, summaryOf } from './delays.js'
export { type Evaluation, evaluate } from './evaluate.js'
export { compositeF1, type EventMeasures, eventMeasures } from './event-measures.js'
export type { NabFile } from './nab-rows.js'
export { NAB_PROFILES, type NabOptions, type NabProfile, type NabScore, nabScore } from './nab-score.js'
export {
  type PointAdjusted,
  type PointAdjustedOptions,
  pointAdjusted,
  type Spread,
} from './point-adjusted.js'
export { type RowRun, rowsOf, runsOf } from './runs.js'
export type { ScoredRows } from './scored-rows.js'
