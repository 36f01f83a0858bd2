import type { Tensor } from '@tempocode/runtime'
import type { Batch } from './engine.js'
import type { Noise } from './noise.js'

type Windows = Pick<Batch, 'starts' | 'weights' | 'noise'>

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

/** What the graphs take of batches of one size, [steps, batch] each. */
export function batchFeeds(batches: readonly Windows[]): Record<string, Tensor> {
  const size = batches[0].starts.length
  const shape = [batches.length, size]
  const starts = batches.flatMap((batch) => [...batch.starts])
  const weights = batches.flatMap((batch) => [...weightsOf(batch)])
  return {
    starts: tensor(BigInt64Array.from(starts, BigInt), shape),
    sample_weights: tensor(Float32Array.from(weights), shape),
    ...noiseFeeds(batches.flatMap(({ noise }) => noise ?? [])),
  }
}

/** Of all batches, one behind the other, [steps, batch, window, columns]. */
function noiseFeeds(noises: readonly Noise[]): Record<string, Tensor> {
  if (noises.length === 0) return {}
  const joined = (part: 'keep' | 'fill') => {
    const data = new Float32Array(noises.length * noises[0][part].length)
    noises.forEach((noise, i) => {
      data.set(noise[part], i * noise[part].length)
    })
    return tensor(data, [noises.length, ...noises[0].shape])
  }
  return { keep: joined('keep'), fill: joined('fill') }
}

/** One of the parts of a batch, [batch / parts] each. A part without windows gets one that counts nothing. */
export function partFeeds(batch: Windows, part: number, parts: number): Record<string, Tensor> {
  const cut = (k: number) => Math.floor((k * batch.starts.length) / parts)
  const [from, to] = [cut(part), cut(part + 1)]
  const isEmpty = from === to
  const [first, end] = isEmpty ? [0, 1] : [from, to]
  const starts = batch.starts.subarray(first, end)
  const noise = batch.noise && partOfNoise(batch.noise, first, end)
  return {
    starts: tensor(BigInt64Array.from(starts, BigInt), [starts.length]),
    sample_weights: tensor(isEmpty ? Float32Array.of(0) : weightsOf(batch).slice(from, to), [starts.length]),
    ...(noise && { keep: tensor(noise.keep, noise.shape), fill: tensor(noise.fill, noise.shape) }),
  }
}

function partOfNoise({ keep, fill, shape: [, window, columns] }: Noise, from: number, to: number): Noise {
  const size = window * columns
  const part = (values: Float32Array) => values.slice(from * size, to * size)
  return { keep: part(keep), fill: part(fill), shape: [to - from, window, columns] }
}

const weightsOf = ({ starts, weights }: Windows): Float32Array =>
  weights ?? new Float32Array(starts.length).fill(1 / starts.length)
