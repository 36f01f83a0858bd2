import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useFastTfjs } from '@tempocode/trainer/node'
import { runScript } from '../child.js'
import { machine } from '../results.js'
import { FULL, type Plan, QUICK } from '../rounds.js'
import { encodeFile } from './encode.js'
import { writeEncoder } from './files.js'
import { timeModels } from './models.js'
import { encoderFile, LONG, NETWORKS, RUN_ROWS, WRAPPED } from './networks.js'
import { type RunResults, writeRun } from './results.js'

const CALLS: Plan = { ...FULL, rounds: 7, seconds: 1 } // they are short
const ROWS = { full: 10_000_000, quick: 300_000 }

/** Measures rows of `run`; a whole run that is not a quick one writes the results' file. */
export async function measureRunning(rows: readonly string[], quick: boolean): Promise<RunResults> {
  await useFastTfjs()
  const directory = mkdtempSync(join(tmpdir(), 'tempocode-bench-'))
  const plan = quick ? QUICK : CALLS
  try {
    for (const network of [...NETWORKS, LONG]) writeEncoder(directory, network)
    const results: RunResults = { machine: machine(), quick, wrapper: [], models: [] }
    if (rows.includes('wrapper')) {
      console.error('wrapper…')
      const input = { path: encoderFile(directory, WRAPPED), rounds: quick ? 20 : 100 }
      results.wrapper = await runScript('running/wrapper', input)
    }
    const networks = NETWORKS.filter(({ name }) => rows.includes(name))
    if (networks.length > 0) results.models = await timeModels(networks, directory, plan)
    if (rows.includes('encode')) {
      console.error('encode…')
      results.encode = await encodeFile(quick ? ROWS.quick : ROWS.full, directory)
    }
    const isWhole = !quick && RUN_ROWS.every((name) => rows.includes(name))
    if (isWhole) writeRun(results)
    else console.error('bench/results/run.json stays as it was: this was a part of a run, or a quick one')
    return results
  } finally {
    rmSync(directory, { recursive: true })
  }
}
