import type { StateTensor } from '@tempocode/converters'
import { sizeOf } from './feeds.js'

const PER_TENSOR = 10_000 // elements whose update takes as long as handing a tensor to a graph and back

/**
 * Shares parameters out, so that all workspaces have about as much to update: the largest first, each to the workspace
 * that has least.
 * @returns for each parameter the number of its workspace
 */
export function shareOut(parameters: readonly StateTensor[], workspaces: number): number[] {
  const loads = new Array<number>(workspaces).fill(0)
  const owners = new Array<number>(parameters.length)
  const sizes = parameters.map(({ shape }, i) => ({ i, size: sizeOf(shape) }))
  for (const { i, size } of sizes.sort((a, b) => b.size - a.size)) {
    owners[i] = loads.indexOf(Math.min(...loads))
    loads[owners[i]] += size + PER_TENSOR
  }
  return owners
}
