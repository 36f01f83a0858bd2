import { join } from 'node:path'
import { bench } from '../paths.js'
import { type Machine, readWritten, writeJson } from '../results.js'
import type { RunSystem } from './models.js'

/** `results/run.json`. */
export interface RunResults {
  machine: Machine
  /** Whether the run was a short one, whose figures are less sure. */
  quick: boolean
  wrapper: Wrapped[]
  models: ModelResult[]
  encode?: EncodeResult
}

/** Microseconds of a call, of the bare session and of ours, and how much more ours takes. */
export interface Wrapped {
  name: string
  session: number
  ours: number
  /** The median over rounds of the difference in a round. */
  more: number
  /** What it may be at most: a part of the session's time, or microseconds. */
  limit: { part: number } | { microseconds: number }
}

/** A network, and a batch of windows in a call. */
export interface ModelResult {
  name: string
  batch: number
  /** Milliseconds of a call; a system that was not timed is absent. */
  ms: Partial<Record<RunSystem, number>>
  notes: string[]
}

/** What `tempocode encode` takes for a long file, from the process's start to its end. */
export interface EncodeResult {
  rows: number
  columns: number
  window: number
  units: number
  windows: number
  seconds: number
  /** Within ONNX Runtime. */
  sessionSeconds: number
  /** The most memory that the process had, in megabytes (10⁶ bytes). */
  megabytes: number
  /** How many cores it used, in the mean. */
  cores: number
}

const file = join(bench, 'results', 'run.json')

export const writeRun = (results: RunResults): void => writeJson(file, results)

/** @throws Error where there are none */
export const readRun = (): RunResults => readWritten(file, 'a whole run of run')
