import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { bench, root } from './paths.js'
import type { SystemName } from './systems.js'

/** `results/train.json`. */
export interface TrainResults {
  machine: { cpu: string; cores: number; node: string; onnxruntime: string; date: string }
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

export function writeResults(results: TrainResults): void {
  mkdirSync(join(bench, 'results'), { recursive: true })
  writeFileSync(file, `${JSON.stringify(results, (_, value) => rounded(value), 2)}\n`)
}

export const readResults = (): TrainResults => JSON.parse(readFileSync(file, 'utf8'))

export function machine(): TrainResults['machine'] {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'packages/runtime/package.json'), 'utf8'))
  return {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    node: process.versions.node,
    onnxruntime: dependencies['onnxruntime-node'],
    date: new Date().toISOString().slice(0, 10),
  }
}

const rounded = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
