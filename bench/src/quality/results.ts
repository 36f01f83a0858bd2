import { join } from 'node:path'
import type { Table } from '../family/results.js'
import { bench } from '../paths.js'
import { type Machine, readJson, writeJson } from '../results.js'
import type { QualitySet } from './names.js'

/** What should hold. */
export interface Aim {
  what: string
  value: number
  atLeast: number
}

/** What a set has shown. */
export interface Figures {
  /** What was done, in words. */
  protocol: string
  tables: Table[]
  aims: Aim[]
}

export interface SetResult extends Figures {
  machine: Machine
  /** How many. */
  seeds: number
  seconds: number
}

/** `results/quality.json`: the sets by their names. */
export type QualityResults = Partial<Record<QualitySet, SetResult>>

const file = join(bench, 'results', 'quality.json')

export const readQuality = (): QualityResults => readJson(file) ?? {}
export const writeQuality = (results: QualityResults): void => writeJson(file, results)
