import { Missing } from '../family/data.js'
import { machine } from '../results.js'
import { ecg5000 } from './ecg5000.js'
import { nab } from './nab.js'
import { QUALITY_SETS, type QualitySet } from './names.js'
import { type Figures, type QualityResults, readQuality, writeQuality } from './results.js'
import { skab } from './skab.js'

const MEASURES: Record<QualitySet, (seeds: number) => Promise<Figures>> = { nab, skab, ecg5000 }

/** Fewer say little: they are shown, and not kept. */
export const SEEDS = 5

/**
 * Measures how well faults are found. What a set has shown takes its place in the results' file at once, unless the seeds
 * are fewer than five.
 *
 * @returns what was measured: without the sets whose data are missing, which is said aloud
 */
export async function measureQuality(sets: readonly string[], seeds: number): Promise<QualityResults> {
  const measured: QualityResults = {}
  for (const name of QUALITY_SETS.filter((name) => sets.includes(name))) {
    console.error(`${name}…`)
    const begin = performance.now()
    const figures = await MEASURES[name](seeds).catch(whereMissing)
    if ('missing' in figures) {
      console.error(`${name} is left out: ${figures.missing}`)
      continue
    }
    const seconds = (performance.now() - begin) / 1000
    measured[name] = { machine: machine(), seeds, seconds, ...figures }
    if (seeds >= SEEDS) writeQuality(inOrder({ ...readQuality(), [name]: measured[name] }))
  }
  if (seeds < SEEDS) console.error(`bench/results/quality.json stays as it was: that takes ${SEEDS} seeds`)
  return measured
}

function whereMissing(cause: unknown): { missing: string } {
  if (cause instanceof Missing) return { missing: cause.message }
  throw cause
}

const inOrder = (results: QualityResults): QualityResults =>
  Object.fromEntries(QUALITY_SETS.filter((name) => name in results).map((name) => [name, results[name]]))
