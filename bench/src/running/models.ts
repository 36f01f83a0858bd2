import { join } from 'node:path'
import { bench } from '../paths.js'
import { pythonWithPeers } from '../python.js'
import { type Plan, timeRow } from '../rounds.js'
import type { Network } from '../rows.js'
import { System } from '../system.js'
import { MATMUL } from '../systems.js'
import { BATCHES } from './networks.js'
import type { ModelResult } from './results.js'

/** In the order of the tables. */
export const RUN_SYSTEMS = ['tempocode-cpu', 'tempocode-wasm', 'onnxruntime', 'pytorch', 'keras'] as const
export type RunSystem = (typeof RUN_SYSTEMS)[number]

/**
 * Times calls of the networks' encoders on all systems.
 * @param directory where the encoders lie
 */
export async function timeModels(
  networks: readonly Network[],
  directory: string,
  plan: Plan,
): Promise<ModelResult[]> {
  const { systems, missing } = await startSystems(directory)
  const absent = Object.entries(missing).map(([name, reason]) => `${name}: ${reason}`)
  for (const line of absent) console.error(line)
  const results: ModelResult[] = []
  for (const network of networks) {
    for (const batch of BATCHES) {
      const name = `B${batch}-${network.name}`
      console.error(`${name}…`)
      const { ms, notes } = await timeRow({ ...network, name, batch }, systems, plan)
      const { [MATMUL]: _, ...bySystem } = ms
      results.push({ name, batch, ms: bySystem, notes: [...notes, ...absent] })
    }
  }
  for (const system of systems) system.end()
  return results
}

async function startSystems(directory: string) {
  const systems = [
    node('tempocode-cpu', 'encoder', 'cpu', directory),
    node('tempocode-wasm', 'encoder', 'wasm', directory),
    node(MATMUL, 'matmul'),
  ]
  const missing: Record<string, string> = {}
  const python = await pythonWithPeers()
  for (const name of ['onnxruntime', 'pytorch', 'keras']) {
    const script = join(bench, 'src', 'systems', `${name}_run.py`)
    if ('path' in python) systems.push(new System(name, python.path, ['-u', script, directory]))
    else missing[name] = python.missing
  }
  return { systems, missing }
}

const node = (name: string, script: string, ...args: string[]) =>
  new System(name, process.execPath, [join(bench, 'dist', 'systems', `${script}.js`), ...args])
