import type { Tensor } from '@tempocode/runtime'
import type { Windows } from '../windows.js'
import { joinDraws, sliceDraws } from './draws.js'
import type { Batch } from './engine.js'

type BatchData = Windows & Pick<Batch, 'weights' | 'draws'>

export const tensor = (data: Tensor['data'], shape: readonly number[]): Tensor => ({ data, shape })

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Zeros that threads can share. */
export const sharedTensor = (shape: readonly number[]): Tensor & { data: Float32Array } => ({
  data: new Float32Array(new SharedArrayBuffer(4 * sizeOf(shape))),
  shape,
})

/** Cuts a list of batches where their size changes (the last one of an epoch is smaller), or a run gets too long. */
export function runsOfOneSize<T extends Windows>(batches: readonly T[], longest = batches.length): T[][] {
  const runs: T[][] = []
  for (const batch of batches) {
    const run = runs.at(-1)
    if (run && run.length < longest && run[0].starts.length === batch.starts.length) run.push(batch)
    else runs.push([batch])
  }
  return runs
}

/** What the graphs take of batches of one size, [steps, batch, …] each. */
export function batchFeeds(batches: readonly BatchData[]): Record<string, Tensor> {
  const [{ starts, lengths, draws }] = batches
  const shape = [batches.length, starts.length]
  const all = (of: (batch: BatchData) => Iterable<number>) => batches.flatMap((batch) => [...of(batch)])
  return {
    starts: tensor(int64(all((batch) => batch.starts)), shape),
    sample_weights: tensor(Float32Array.from(all(weightsOf)), shape),
    ...(lengths && { lengths: tensor(int64(all((batch) => batch.lengths ?? [])), shape) }),
    ...(draws && joinDraws(batches.map((batch) => batch.draws ?? {}))),
  }
}

/** One of the parts of a batch, [batch / parts, …] each. A part without windows gets one that counts nothing. */
export function partFeeds(batch: BatchData, part: number, parts: number): Record<string, Tensor> {
  const cut = (k: number) => Math.floor((k * batch.starts.length) / parts)
  const isEmpty = cut(part) === cut(part + 1)
  const [from, to] = isEmpty ? [0, 1] : [cut(part), cut(part + 1)]
  const shape = [to - from]
  const { starts, lengths, draws } = batch
  return {
    starts: tensor(int64(starts.subarray(from, to)), shape),
    sample_weights: tensor(isEmpty ? Float32Array.of(0) : weightsOf(batch).slice(from, to), shape),
    ...(lengths && { lengths: tensor(int64(lengths.subarray(from, to)), shape) }),
    ...(draws && sliceDraws(draws, from, to)),
  }
}

const int64 = (numbers: ArrayLike<number>) => BigInt64Array.from(Array.from(numbers), BigInt)

const weightsOf = ({ starts, weights }: BatchData): Float32Array =>
  weights ?? new Float32Array(starts.length).fill(1 / starts.length)
