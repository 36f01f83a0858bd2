import { useFastTfjs } from '@tempocode/trainer/node'
import { machine } from '../results.js'
import { activation } from './activation.js'
import { composite } from './composite.js'
import { Missing } from './data.js'
import { denoising } from './denoising.js'
import { FAMILY_ROWS, type FamilyRow } from './names.js'
import { FULL, type Plan, QUICK } from './plan.js'
import { pretraining } from './pretraining.js'
import { type FamilyResults, readFamily, type Shown, writeFamily } from './results.js'
import { tied } from './tied.js'
import { toy } from './toy.js'

const MEASURES: Record<FamilyRow, (plan: Plan) => Promise<Shown>> = {
  toy,
  activation,
  tied,
  denoising,
  pretraining,
  composite,
}

/**
 * Measures rows of the family. What a row of a whole run has shown takes its place in the results' file at once; a quick
 * run leaves the file as it is.
 *
 * @returns what was measured: without the rows that lack data or Keras, which is said aloud
 */
export async function measureFamily(rows: readonly string[], quick: boolean): Promise<FamilyResults> {
  await useFastTfjs()
  const measured: FamilyResults = {}
  for (const name of FAMILY_ROWS.filter((name) => rows.includes(name))) {
    console.error(`${name}…`)
    const begin = performance.now()
    const shown = await MEASURES[name](quick ? QUICK : FULL).catch(whereMissing)
    if ('missing' in shown) {
      console.error(`${name} is left out: ${shown.missing}`)
      continue
    }
    const seconds = (performance.now() - begin) / 1000
    measured[name] = { machine: machine(), quick, seconds, ...shown }
    if (!quick) writeFamily(inOrder({ ...readFamily(), ...measured }))
  }
  if (quick) console.error('bench/results/family.json stays as it was: this was a quick run')
  return measured
}

function whereMissing(cause: unknown): { missing: string } {
  if (cause instanceof Missing) return { missing: cause.message }
  throw cause
}

const inOrder = (results: FamilyResults): FamilyResults =>
  Object.fromEntries(FAMILY_ROWS.filter((name) => name in results).map((name) => [name, results[name]]))
