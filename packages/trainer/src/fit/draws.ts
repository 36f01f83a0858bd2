import { Random } from '@tempocode/core'
import type { Draws } from '../engines/draws.js'

/** Draws for a batch of so many windows. */
export type DrawBatch = (random: Random, windows: number) => Draws

/** Draws for a batch of so many windows in a step, counted from 0 over all epochs: the same for the same seed. */
export type DrawStep = (step: number, windows: number) => Draws

/**
 * Draws from several sources, each of which has a stream of its own in each step.
 * @param sources under their streams' names; those that draw nothing are undefined
 * @returns nothing where no source draws
 */
export function drawsOf(seed: number, sources: Record<string, DrawBatch | undefined>): DrawStep | undefined {
  const drawing = Object.entries(sources).filter((source): source is [string, DrawBatch] =>
    Boolean(source[1]),
  )
  if (drawing.length === 0) return undefined
  return (step, windows) =>
    Object.assign(
      {},
      ...drawing.map(([name, draw]) => draw(new Random(seed, `${name} of step ${step}`), windows)),
    )
}
