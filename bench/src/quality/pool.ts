import { availableParallelism } from 'node:os'
import { runScript } from '../child.js'

/**
 * Runs one of this package's scripts for each input, in processes of their own, as many at a time as there are cores.
 * @param name of the script; `scripts/bench.js` bundles it
 * @returns what each one printed, in the order of the inputs
 */
export async function runScripts<Input, Result>(name: string, inputs: readonly Input[]): Promise<Result[]> {
  const results = new Array<Result>(inputs.length)
  let next = 0
  const work = async () => {
    for (let i = next++; i < inputs.length; i = next++) {
      results[i] = await runScript<Result>(name, inputs[i])
      console.error(`  ${JSON.stringify(inputs[i])}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}
