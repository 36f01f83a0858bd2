import type { Network } from './rows.js'
import { median } from './statistics.js'
import type { System } from './system.js'
import { MATMUL } from './systems.js'

/** A product of matrices that takes so many times as long as another one tells of a machine that others use. */
export const UNQUIET = 1.3
const OURS = /^(tempocode-|matmul$)/

/** How long to measure. */
export interface Plan {
  rounds: number
  /** Of each system in a round. */
  seconds: number
  /** A system whose step takes longer than so many milliseconds is timed once. */
  slowest: number
}

export const FULL: Plan = { rounds: 5, seconds: 2, slowest: Number.POSITIVE_INFINITY }
export const QUICK: Plan = { rounds: 3, seconds: 0.7, slowest: 3_000 }

/** Milliseconds of a call by system, and what is to be known of them. */
export interface RowTimes {
  ms: Record<string, number>
  notes: string[]
}

/**
 * Times a row on all systems in turn, round after round, every other one backwards, so that what the machine does
 * meanwhile falls on all alike.
 * @returns for each system the median over its rounds of the median in a round; none for a peer that fails
 * @throws Error where Tempocode fails
 */
export async function timeRow(row: Network, systems: readonly System[], plan: Plan): Promise<RowTimes> {
  const rounds: Record<string, number[]> = {}
  const notes: string[] = []

  async function time(system: System): Promise<number | undefined> {
    try {
      const { ms, note } = await system.time({ row, seconds: plan.seconds })
      if (note && !(system.name in rounds)) notes.push(`${system.name}: ${note}`)
      return median(ms)
    } catch (cause) {
      if (OURS.test(system.name)) throw cause
      notes.push(`${system.name}: failed (${(cause as Error).message})`)
      delete rounds[system.name]
      return undefined
    }
  }

  for (const system of systems) {
    const ms = await time(system)
    if (ms === undefined) continue
    const isSlow = ms > plan.slowest
    rounds[system.name] = isSlow ? [ms] : [] // the others have only warmed up
    if (isSlow) notes.push(`${system.name}: timed once`)
  }
  const repeated = systems.filter(({ name }) => rounds[name]?.length === 0)
  for (let round = 0; round < plan.rounds; round++) {
    for (const system of round % 2 === 0 ? repeated : [...repeated].reverse()) {
      if (!(system.name in rounds)) continue // it has failed
      const ms = await time(system)
      if (ms !== undefined) rounds[system.name].push(ms)
    }
  }
  notes.push(...unquiet(rounds[MATMUL]))
  const ms = Object.fromEntries(Object.entries(rounds).map(([name, medians]) => [name, median(medians)]))
  return { ms, notes }
}

/** The product of matrices is the same work in every round: where its time varies, others used the machine. */
export function unquiet(medians: readonly number[]): string[] {
  const [least, most] = [Math.min(...medians), Math.max(...medians)]
  if (most < UNQUIET * least) return []
  return [`the machine was busy: ${MATMUL} took ${least.toFixed(0)} to ${most.toFixed(0)} ms`]
}
