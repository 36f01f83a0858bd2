import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { bench, root } from './paths.js'
import type { SystemName } from './systems.js'

/** What measured, and when. */
export interface Machine {
  cpu: string
  cores: number
  node: string
  onnxruntime: string
  date: string
}

/** `results/train.json`. */
export interface TrainResults {
  machine: Machine
  /** Whether the run was a short one, whose figures are less sure. */
  quick: boolean
  rows: RowResult[]
  compiling: Compiling[]
  epoch?: EpochResult
}

export interface RowResult {
  name: string
  /** Milliseconds of a training step; a system that was not timed is absent. */
  ms: Partial<Record<SystemName, number>>
  /** GFLOP/s of tempocode-cpu, and of a product of matrices of 2048³ in the same rounds. */
  gflops: { tempocode: number; matmul: number }
  ratios: Partial<Record<RatioName, number>>
  notes: string[]
}

/** Of one system's time for a step to another's. */
export type RatioName = 'pytorch/tempocode-cpu' | 'tfjs-wasm/tempocode-cpu' | 'tfjs-wasm/tempocode-wasm'

/** Milliseconds to make a network's training graph (`lower`) and load it (`load`); `first` is both, in a new process. */
export interface Compiling {
  name: string
  ms: { lower: number; load: number; first: number }
  nodes: number
}

export interface EpochResult {
  rows: number
  steps: number
  seconds: number
  megabytes: number
  /** A step of the same network and batch by the engine alone, before and after. */
  stepMs: number
  /** The epoch's time as a multiple of its steps'. */
  ratio: number
}

const file = join(bench, 'results', 'train.json')

export const writeResults = (results: TrainResults): void => writeJson(file, results)

/** @throws Error where there are none */
export const readResults = (): TrainResults => readWritten(file, 'a whole run of train')

export function machine(): Machine {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/runtime/package.json'), 'utf8'))
  return {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    node: process.versions.node,
    onnxruntime: dependencies['onnxruntime-node'],
    date: new Date().toISOString().slice(0, 10),
  }
}

/** Numbers have four digits, but for whole ones. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(value, (_, value) => rounded(value), 2)}\n`)
}

/** @returns nothing where there is no such file */
export const readJson = <T>(path: string): T | undefined =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined

/**
 * @param writer what writes the file
 * @throws Error where there is no such file
 */
export function readWritten<T>(path: string, writer: string): T {
  const results = readJson<T>(path)
  if (results) return results
  throw new Error(`there is no ${path}; ${writer} writes it`)
}

const rounded = (value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
