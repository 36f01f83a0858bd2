import type { Segment } from '../segments.js'

/** Where forecasts start. */
export interface Origins {
  /** The first row of each that is forecast. */
  rows: Int32Array
  /** The place of each one's group among the groups. */
  groups: Int32Array
}

/** Rows that are forecast, and rows that must be there before them. */
export interface OriginSizes {
  horizon: number
  before: number
}

/**
 * All rows from which on a whole horizon lies in a part of the series, and before which enough rows can be seen: those
 * may reach back before the part, but not over a gap.
 * @param segments of the series
 * @param part segments within those
 * @param places of the groups, by their names
 */
export function originsOf(
  segments: readonly Segment[],
  part: readonly Segment[],
  { horizon, before }: OriginSizes,
  places: ReadonlyMap<string | undefined, number>,
): Origins {
  const rows: number[] = []
  const groups: number[] = []
  let whole = 0
  for (const { start, end, name } of part) {
    while (segments[whole].end < end) whole++ // both are in the order of rows
    const first = Math.max(start, segments[whole].start + before)
    for (let row = first; row + horizon <= end; row++) {
      rows.push(row)
      groups.push(places.get(name) ?? 0)
    }
  }
  return { rows: Int32Array.from(rows), groups: Int32Array.from(groups) }
}

/** At most so many of them, evenly spaced. */
export function someOrigins({ rows, groups }: Origins, most: number): Origins {
  const count = Math.min(rows.length, most)
  const places = Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows.length) / count))
  return { rows: places.map((i) => rows[i]), groups: places.map((i) => groups[i]) }
}
