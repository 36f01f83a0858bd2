import type { Segment } from '../segments.js'
import type { Series } from '../series.js'
import type { Column } from './baselines.js'
import { naiveError } from './naive-error.js'
import type { SeriesScaling } from './series-scaling.js'

/** What a forecaster is judged by. */
export interface Trial {
  /** Raw rows in the forecaster's order of columns, known ones early. */
  inputs: Series
  /** The rows that trained. */
  train: readonly Segment[]
  test: readonly Segment[]
  scaling: SeriesScaling
  /** Rows. */
  season?: number
}

/** What came, and what errors are measured by. */
export interface TargetValues {
  /** Of each target, raw. */
  columns: Column[]
  /** The standard deviation of a group's target. */
  scale(group: number, target: number): number
  /** See {@link naiveError}; by one row where there is no season. */
  naiveError(group: number, target: number): number
}

/** @param targets how many of the columns are: the first ones */
export function targetValues({ inputs, train, scaling, season = 1 }: Trial, targets: number): TargetValues {
  const width = inputs.columns.length
  const columns = Array.from(
    { length: targets },
    (_, target): Column =>
      (row) =>
        inputs.values[row * width + target],
  )
  const parts = new Map<string | undefined, Segment[]>([...scaling.places.keys()].map((name) => [name, []]))
  for (const segment of train) parts.get(segment.name)?.push(segment)
  const errors = [...parts.values()].map((rows) => columns.map((column) => naiveError(column, rows, season)))
  return {
    columns,
    scale: (group, target) => scaling.scale[group * width + target],
    naiveError: (group, target) => errors[group][target],
  }
}
