import { join } from 'node:path'
import { bench } from './paths.js'
import { pythonWithPeers } from './python.js'
import { System } from './system.js'
import { tfjsNode } from './tfjs-node.js'

/** In the order of the tables. */
export const SYSTEMS = [
  'tempocode-cpu',
  'tempocode-wasm',
  'pytorch',
  'keras',
  'tfjs-wasm',
  'tfjs-node',
] as const
export type SystemName = (typeof SYSTEMS)[number]

/** The product of matrices that GFLOP/s are compared with; timed like a system, but of no row. */
export const MATMUL = 'matmul'

export const tempocodeOnCpu = () => node('tempocode-cpu', 'tempocode', 'cpu')

/** Starts all that can be had. @returns them, and why others are missing */
export async function startSystems(): Promise<{ systems: System[]; missing: Record<string, string> }> {
  const [python, tfjs] = [await pythonWithPeers(), await tfjsNode()]
  const systems = [
    tempocodeOnCpu(),
    node('tempocode-wasm', 'tempocode', 'wasm'),
    node('tfjs-wasm', 'tfjs'),
    node(MATMUL, 'matmul'),
  ]
  const missing: Record<string, string> = {}
  if ('path' in tfjs) systems.push(node('tfjs-node', 'tfjs', tfjs.path))
  else missing['tfjs-node'] = tfjs.missing
  for (const name of ['pytorch', 'keras']) {
    const script = join(bench, 'src', 'systems', `${name}_step.py`)
    if ('path' in python) systems.push(new System(name, python.path, ['-u', script]))
    else missing[name] = python.missing
  }
  return { systems, missing }
}

const node = (name: string, script: string, ...args: string[]) =>
  new System(name, process.execPath, [join(bench, 'dist', 'systems', `${script}.js`), ...args])
