/** How much to measure. */
export interface Plan {
  quick: boolean
  /** Of every row but the toy's. */
  seeds: number
  /** The toy's trainings are short, and vary much. */
  toySeeds: number
  /** At most, of each training on real data. */
  epochs: number
}

export const FULL: Plan = { quick: false, seeds: 5, toySeeds: 20, epochs: 50 }
export const QUICK: Plan = { quick: true, seeds: 2, toySeeds: 4, epochs: 5 }

/** Does some work for the seeds 0, 1, …, one after the other. */
export async function forSeeds<T>(seeds: number, work: (seed: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let seed = 0; seed < seeds; seed++) results.push(await work(seed))
  return results
}
