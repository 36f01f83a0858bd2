import type { Lengths } from '../sequences.js'
import type { Tensor } from '../session.js'
import type { Inputs } from '../window-inputs.js'

export interface DetectOptions {
  /** How many rows of each window count; for a Float32Array of padded windows, and a network with masking. */
  lengths?: Lengths
  /** Ends it: it rejects with the signal's reason, and windows whose turn has not come are not run. */
  signal?: AbortSignal
}

interface Sizes {
  span: number
  columns: readonly string[]
}

/** What the graph takes of windows [first, end); behind the last of them it comes once more. */
export function feedsOf({ n, windows, lengths }: Inputs, { span, columns }: Sizes) {
  const size = span * columns.length
  return (first: number, end: number): Record<string, Tensor> => {
    const values = end > n ? withLastTwice(windows(first, n), size) : windows(first, end)
    const input = { data: values, shape: [end - first, span, columns.length] }
    if (!lengths) return { input }
    const counts = end > n ? withLastTwice(lengths.subarray(first, n), 1) : lengths.subarray(first, end)
    return { input, lengths: { data: counts, shape: [end - first] } }
  }
}

/** The last so many elements once more behind all of them. */
function withLastTwice<T extends Float32Array | Int32Array>(values: T, size: number): T {
  const longer = new (values.constructor as new (length: number) => T)(values.length + size)
  longer.set(values)
  longer.set(values.subarray(values.length - size), values.length)
  return longer
}
