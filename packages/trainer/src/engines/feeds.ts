import type { Tensor } from '@tempocode/runtime'
import type { Batch } from './engine.js'

type Windows = Pick<Batch, 'starts' | 'weights'>

export const tensor = (data: Tensor['data'], shape: readonly number[]): Tensor => ({ data, shape })

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

/** What the graphs take of batches of one size, [steps, batch] each. */
export function batchFeeds(batches: readonly Windows[]): Record<string, Tensor> {
  const size = batches[0].starts.length
  const shape = [batches.length, size]
  const starts = batches.flatMap((batch) => [...batch.starts])
  const weights = batches.flatMap((batch) => [...weightsOf(batch)])
  return {
    starts: tensor(BigInt64Array.from(starts, BigInt), shape),
    sample_weights: tensor(Float32Array.from(weights), shape),
  }
}

/** One of the parts of a batch, [batch / parts] each. A part without windows gets one that counts nothing. */
export function partFeeds(batch: Windows, part: number, parts: number): Record<string, Tensor> {
  const cut = (k: number) => Math.floor((k * batch.starts.length) / parts)
  const [from, to] = [cut(part), cut(part + 1)]
  const [starts, weights] =
    from < to
      ? [batch.starts.subarray(from, to), weightsOf(batch).slice(from, to)]
      : [batch.starts.subarray(0, 1), Float32Array.of(0)]
  return {
    starts: tensor(BigInt64Array.from(starts, BigInt), [starts.length]),
    sample_weights: tensor(weights, [weights.length]),
  }
}

const weightsOf = ({ starts, weights }: Windows): Float32Array =>
  weights ?? new Float32Array(starts.length).fill(1 / starts.length)
