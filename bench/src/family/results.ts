import { join } from 'node:path'
import { bench } from '../paths.js'
import { type Machine, readJson, writeJson } from '../results.js'
import { deviation, mean, median } from '../statistics.js'

/** What each seed has given, in the order of the seeds, and what that comes to. */
export interface Measure {
  seeds: number[]
  mean: number
  deviation: number
  median: number
}

export interface Table {
  /** What its lines are. */
  title: string
  /** What of each measure. */
  shows: 'mean and deviation' | 'median' | 'median and range'
  lines: Line[]
}

export interface Line {
  name: string
  /** By the head of the column: a measure, or what is no matter of seeds. */
  cells: Record<string, Measure | number>
}

/** What should hold. */
export interface Check {
  what: string
  value: number
  atMost: number
}

/** What a row has shown. */
export interface Shown {
  /** What was done, in words. */
  protocol: string
  tables: Table[]
  checks: Check[]
}

export interface FamilyResult extends Shown {
  machine: Machine
  /** Whether fewer seeds and epochs were used, whose figures say little. */
  quick: boolean
  seconds: number
}

/** `results/family.json`: the rows by their names. */
export type FamilyResults = Record<string, FamilyResult>

const file = join(bench, 'results', 'family.json')

export const readFamily = (): FamilyResults => readJson(file) ?? {}
export const writeFamily = (results: FamilyResults): void => writeJson(file, results)

export const measureOf = (seeds: number[]): Measure => ({
  seeds,
  mean: mean(seeds),
  deviation: deviation(seeds),
  median: median(seeds),
})
