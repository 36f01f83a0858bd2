import { Random } from '@tempocode/core'
import { percentileInterval } from '../percentile-interval.js'
import type { Difference } from '../quality/bootstrap.js'
import { mean } from '../statistics.js'

/** Windows that start within a week are drawn together: neighbours overlap, and days are like the day before. */
const BLOCK = 168

/** Squared errors of the same windows by two forecasters: of each seed, of each window. */
export interface Pair {
  ours: readonly ArrayLike<number>[]
  theirs: readonly ArrayLike<number>[]
}

/** How much larger our error is. */
export interface Comparison extends Difference {
  /** In percent of theirs. */
  percent: number
}

/**
 * Our mean error less theirs, with its `percentileInterval`: each draw, with seed 0, is of as many seeds, and of as many
 * blocks of neighbouring windows as fill the rows (circular blocks: Politis and Romano 1992). Both forecasters have the
 * same draws.
 * @param some the windows that count; all where none are named
 */
export function errorDifference({ ours, theirs }: Pair, some?: readonly number[]): Comparison {
  const count = ours[0].length
  const counts = new Uint8Array(count).fill(some ? 0 : 1)
  for (const window of some ?? []) counts[window] = 1
  const errorOf = (errors: Pair['ours'], seeds: readonly number[], windows: Int32Array) =>
    mean(seeds.map((seed) => counted(errors[seed], counts, windows)))
  const difference = (seeds: readonly number[], windows: Int32Array) =>
    errorOf(ours, seeds, windows) - errorOf(theirs, seeds, windows)

  const random = new Random(0, 'bootstrap')
  const all = Int32Array.from({ length: count }, (_, window) => window)
  const seeds = ours.map((_, seed) => seed)
  const draw = () => {
    const starts = Array.from({ length: Math.ceil(count / BLOCK) }, () => random.below(count))
    const windows = all.map((i) => (starts[Math.floor(i / BLOCK)] + (i % BLOCK)) % count)
    return difference(
      seeds.map(() => random.below(seeds.length)),
      windows,
    )
  }
  const value = difference(seeds, all)
  const percent = (100 * value) / errorOf(theirs, seeds, all)
  return { value, ...percentileInterval(draw), percent }
}

/** The mean error of those windows that count. */
function counted(errors: ArrayLike<number>, counts: Uint8Array, windows: Int32Array): number {
  let sum = 0
  let count = 0
  for (const window of windows) {
    if (counts[window] === 0) continue
    sum += errors[window]
    count++
  }
  return sum / count
}
