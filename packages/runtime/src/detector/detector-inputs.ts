import { TempocodeError } from '@tempocode/core'
import { checkKeys, checkSignal } from '../options.js'
import { type Lengths, padRows } from '../sequences.js'
import type { Tensor } from '../session.js'
import { flattenRows, type Rows } from '../windows.js'

export interface DetectOptions {
  /** How many rows of each window count; for a Float32Array of padded windows, and a network with masking. */
  lengths?: Lengths
  /** Ends it: it rejects with the signal's reason, and windows whose turn has not come are not run. */
  signal?: AbortSignal
}

/** Windows that are to be run. */
export interface Inputs {
  n: number
  /** The values of windows [first, end), back to back. */
  windows: (first: number, end: number) => Float32Array
  /** How many rows of each count, for a network with masking. */
  lengths?: Int32Array
}

interface Sizes {
  span: number
  columns: readonly string[]
  masked: boolean
}

/**
 * Windows that come as such.
 * @throws TempocodeError `data` or `option`, as the detector's methods do
 */
export function windowInputs(rows: Rows, options: DetectOptions, sizes: Sizes): Inputs {
  const { span, columns, masked } = sizes
  checkKeys(options, ['lengths', 'signal'])
  const { lengths, signal } = options
  checkSignal(signal)
  if (masked) {
    const sequences = padRows(rows, lengths, span, columns)
    return wholeInputs(sequences.values, sizes, sequences.lengths)
  }
  if (lengths === undefined) return wholeInputs(flattenRows(rows, span, columns), sizes)
  const message = `lengths are for networks with masking; windows of this detector have ${span} rows`
  throw new TempocodeError('option', message)
}

function wholeInputs(values: Float32Array, { span, columns }: Sizes, lengths?: Int32Array): Inputs {
  const size = span * columns.length
  return {
    n: values.length / size,
    windows: (first, end) => values.subarray(first * size, end * size),
    lengths,
  }
}

/**
 * The windows of a series, from its first row on; of one that is shorter than a window, for a network with masking, the
 * sequence that it is.
 * @param perRun how many windows are asked for at a time, at most
 */
export function seriesInputs(
  values: Float32Array,
  { rows, stride, perRun }: { rows: number; stride: number; perRun: number },
  sizes: Sizes,
): Inputs {
  const { span, columns, masked } = sizes
  const size = span * columns.length
  if (rows < span) {
    const padded = new Float32Array(size)
    padded.set(values)
    return wholeInputs(padded, sizes, Int32Array.of(rows))
  }
  const n = Math.floor((rows - span) / stride) + 1
  const step = stride * columns.length
  const chunk = new Float32Array(Math.min(n, perRun) * size)
  const windows = (first: number, end: number) => {
    for (let w = first; w < end; w++) {
      chunk.set(values.subarray(w * step, w * step + size), (w - first) * size)
    }
    return chunk.subarray(0, (end - first) * size)
  }
  return { n, windows, lengths: masked ? new Int32Array(n).fill(span) : undefined }
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
