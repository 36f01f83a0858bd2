import { TempocodeError } from '@tempocode/core'
import { defaultThreads, type SessionDevice, type SessionOptions, type WasmPaths } from '@tempocode/runtime'

/** How threads share the work of a step. */
export interface ThreadPlan {
  /** Workspaces, of which each takes a part of every batch. */
  parts: number
  /** Threads inside each operator of a part. */
  each: number
}

/** What decides how much a step computes. */
export interface StepSize {
  /** How many numbers there are to train. */
  weights: number
  window: number
  batchSize: number
}

const PART = 40e6 // operations: about a third of a millisecond, against which waiting for each other is little
const WINDOWS = 8 // in a part: with fewer, matrix products are no longer products of matrices

/**
 * Parts of a batch scale better than threads inside an operator, because they meet once in a step and not at each
 * node; in small networks a second thread inside operators makes them slower. So there are as many parts as the work
 * is worth, and threads inside operators only for what is left.
 * @param mostParts where a batch cannot be cut, 1
 */
export function planThreads(
  { weights, window, batchSize }: StepSize,
  threads: number,
  mostParts = threads,
): ThreadPlan {
  // forward and twice backward, a multiplication and an addition for each weight, step of time and window
  const operations = 6 * weights * window * batchSize
  const parts = Math.max(
    1,
    Math.min(mostParts, Math.floor(batchSize / WINDOWS), Math.floor(operations / PART)),
  )
  return { parts, each: operations < 2 * PART ? 1 : Math.floor(threads / parts) }
}

/**
 * @param asked `auto` takes the device's default
 * @throws TempocodeError `option` where cuda, which schedules by itself, is to have several
 */
export function threadsOn(device: SessionDevice, asked: 'auto' | number = 'auto'): number {
  if (device === 'cuda' && asked !== 'auto' && asked > 1) {
    throw new TempocodeError('option', `threads ${asked} are for cpu and wasm, and the device is cuda`)
  }
  return asked === 'auto' ? defaultThreads(device) : asked
}

/** Of the sessions of a group, each with so many threads. */
export const sessionOptions = (
  device: SessionDevice,
  threads: number,
  wasmPaths?: WasmPaths,
): SessionOptions => (device === 'cuda' ? {} : { threads, wasmPaths })
