import { TempocodeError } from '@tempocode/core'
import type { FitOptions } from './options.js'

/**
 * How much each training window counts.
 * @param starts the windows' first rows
 * @returns one number a row, of which those at `starts` matter; undefined where all windows count the same
 * @throws TempocodeError `data` where there are not as many numbers as rows, or one is negative or not finite
 */
export function weightsByRow(
  sampleWeights: FitOptions['sampleWeights'],
  starts: Int32Array,
  rows: number,
): Float32Array | undefined {
  if (sampleWeights === undefined) return undefined
  if (typeof sampleWeights !== 'function' && sampleWeights.length !== rows) {
    const message = `sampleWeights has ${sampleWeights.length} numbers, and the series ${rows} rows; use one for each`
    throw new TempocodeError('data', message)
  }
  const weights = new Float32Array(rows)
  for (const start of starts) {
    const weight = typeof sampleWeights === 'function' ? sampleWeights(start) : sampleWeights[start]
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      const message = `sampleWeights gives ${weight} for row ${start}; use numbers from 0 on`
      throw new TempocodeError('data', message, { row: start + 1 })
    }
    weights[start] = weight
  }
  return weights
}
