import { type Cycle, cycleColumns, cycleNames } from '@tempocode/runtime'
import type { Series } from '../series.js'
import { secondsAt } from './calendar.js'

/** What a forecaster's network sees, row by row. */
export interface NetworkColumns {
  /** Raw rows in the forecaster's order of columns. */
  inputs: Series
  /** Their scaled values. */
  scaled: Float32Array
  cycles: readonly Cycle[]
  /** Scaled, rows × size. */
  features?: { size: number; values: Float32Array }
}

/** The series that a forecaster's network learns from: the scaled inputs, then the cycles, then the features. */
export function networkSeries({ inputs, scaled, cycles, features }: NetworkColumns): Series {
  const { rows, time } = inputs
  const size = features?.size ?? 0
  const names = Array.from({ length: size }, (_, i) => `feature_${i + 1}`)
  const columns = [...inputs.columns, ...cycleNames(cycles), ...names]
  const width = inputs.columns.length
  const values = new Float32Array(rows * columns.length)
  for (let row = 0; row < rows; row++) {
    const place = row * columns.length
    values.set(scaled.subarray(row * width, (row + 1) * width), place)
    if (cycles.length > 0 && time?.kind === 'timestamp')
      values.set(cycleColumns(secondsAt(time, row), cycles), place + width)
    if (features)
      values.set(features.values.subarray(row * size, (row + 1) * size), place + columns.length - size)
  }
  return { ...inputs, columns, values }
}
