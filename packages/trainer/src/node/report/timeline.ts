import { groupsOf } from '../../segments.js'
import type { Series } from '../../series.js'
import { timeOf } from './words.js'

/** Where rows lie on an axis from left to right. */
export interface Timeline {
  /** By their times; or one after the other, where they have none or several groups have the same times. */
  kind: 'timestamp' | 'number' | 'row'
  /** The axis's name. */
  name: string
  /** Of a row: milliseconds since 1970, the time column's number, or the row's number, from 1. */
  at(row: number): number
  /** A row's time, or its number, in words. */
  say(row: number): string
  /** Where rows are grouped: each group's name and rows [start, end). */
  groups: readonly { name: string; start: number; end: number }[]
}

export function timelineOf(series: Series): Timeline {
  const { time, segments } = series
  const named = groupsOf(segments).filter(([{ name }]) => name !== undefined)
  const groups = named.map((parts) => ({
    name: parts[0].name!,
    start: parts[0].start,
    end: parts.at(-1)!.end,
  }))
  const say = (row: number) => (time ? timeOf(time, row) : `row ${row + 1}`)
  if (time === undefined || groups.length > 1)
    return { kind: 'row', name: 'row', at: (row) => row + 1, say, groups }
  const at =
    time.kind === 'timestamp'
      ? (row: number) => Number(time.values[row]) / 1000
      : (row: number) => time.values[row]
  return { kind: time.kind, name: time.name, at, say, groups }
}
