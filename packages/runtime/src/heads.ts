import type { OutputShape } from './chunked-session.js'
import type { Head } from './metadata-common.js'
import type { FloatTensor } from './stored-tensor.js'
import { errorOf } from './verification.js'

// What the heads of decoders and detectors give.

/** Raw rows of n windows, back to back; shape [n, steps, columns]. */
export interface DecodedRows {
  data: Float32Array
  shape: [number, number, number]
}

/** The graph's outputs that are heads, by name and shape for one window. */
export const headOutputs = (heads: readonly Head[], columns: number): OutputShape[] =>
  heads.map(({ name, steps }) => ({ name, shape: [steps, columns] }))

/** The rows of each head, by its name: of what the graph gave for n windows. */
export const rowsByHead = (
  outputs: Record<string, Float32Array>,
  heads: readonly Head[],
  n: number,
  columns: number,
): Record<string, DecodedRows> =>
  Object.fromEntries(
    heads.map(({ name, steps }) => [name, { data: outputs[name], shape: [n, steps, columns] }]),
  )

/**
 * How far the golden rows are off, for each column of each head: as a part of the column's largest value, or of its scale
 * where that is larger.
 */
export function headErrors(
  heads: readonly Head[],
  scale: readonly number[],
  given: Record<string, Float32Array>,
  golden: Record<string, FloatTensor>,
): number[] {
  return heads.flatMap(({ name }) =>
    scale.map((size, column) => {
      const [rows, due] = [given[name], golden[name].data].map((values) =>
        values.filter((_, i) => i % scale.length === column),
      )
      return errorOf(rows, due, Math.abs(size))
    }),
  )
}
