import { TempocodeError } from '@tempocode/core'
import type { Decoder, Head } from '@tempocode/runtime'
import { type KeyColumn, type KeyValues, openTable } from '@tempocode/trainer/node'

const CHUNK = 512 // windows that are decoded, then written

/** Features, and what tells which window each is of. */
export interface CodedWindows {
  keys: KeyColumn[]
  /** Of each key column, one for each window. */
  keyValues: KeyValues[]
  /** windows × features */
  features: Float32Array
}

export interface WriteRowsOptions {
  /** The names of the heads to write. Default: all. */
  heads?: readonly string[]
  /** Stops after the chunk under way; nothing is left behind. */
  signal?: AbortSignal
  /** How many windows are done, of all. */
  onProgress?: (done: number, all: number) => void
}

/**
 * Decodes features into a table, `steps` rows for each window and head: the keys of the window; where several heads are
 * written, the `head`; the row's number counted from the window's first row, which is 1 (`step`); then the columns.
 * @param path ends in .csv or .parquet; it appears when all is written
 * @returns the number of rows
 * @throws TempocodeError `option` for a head that the decoder has not, `data` where two columns would have one name,
 *   `file` where the table cannot be written, `cancelled` where the signal fired
 */
export async function writeRows(
  decoder: Decoder,
  { keys, keyValues, features }: CodedWindows,
  path: string,
  options: WriteRowsOptions = {},
): Promise<number> {
  const { signal, onProgress } = options
  const heads = headsOf(decoder, options.heads)
  const ownKeys: KeyColumn[] = [{ name: 'step', kind: 'integer' }]
  if (heads.length > 1) ownKeys.unshift({ name: 'head', kind: 'text' })
  checkNames([...keys, ...ownKeys].map(({ name }) => name).concat(decoder.columns))

  const all = features.length / decoder.features
  const steps = heads.flatMap(({ name, offset, steps }) =>
    Array.from({ length: steps }, (_, t) => ({ head: name, step: offset + t + 1 })),
  )
  const table = await openTable(path, [...keys, ...ownKeys], decoder.columns)
  try {
    for (let first = 0; first < all; first += CHUNK) {
      signal?.throwIfAborted()
      const end = Math.min(all, first + CHUNK)
      const rows = await decodeWindows(decoder, heads, features, first, end)
      const count = (end - first) * steps.length
      const names = Array.from({ length: count }, (_, i) => steps[i % steps.length].head)
      const numbers = Int32Array.from({ length: count }, (_, i) => steps[i % steps.length].step)
      const repeated = keyValues.map((values) => repeat(values.slice(first, end), steps.length))
      await table.append([...repeated, ...(heads.length > 1 ? [names] : []), numbers], rows)
      onProgress?.(end, all)
      await new Promise(setImmediate) // decoding blocks the thread; this lets Ctrl-C through
    }
  } catch (cause) {
    await table.abort()
    if (!signal?.aborted) throw cause
    throw new TempocodeError('cancelled', `stopped; ${path} was not written`, { file: path }, { cause })
  }
  await table.close()
  return all * steps.length
}

function headsOf({ heads }: Decoder, wanted: readonly string[] = heads.map(({ name }) => name)): Head[] {
  return wanted.map((name) => {
    const head = heads.find((candidate) => candidate.name === name)
    if (head) return head
    const known = heads.map((candidate) => candidate.name).join(', ')
    throw new TempocodeError('option', `the decoder has no head "${name}"; use ${known}`)
  })
}

function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return
  const message = `the table would have two columns "${twice}"; rename or leave out that of the features' table`
  throw new TempocodeError('data', message, { column: twice })
}

/** All rows of windows [first, end), a window's heads one after the other. */
async function decodeWindows(
  decoder: Decoder,
  heads: readonly Head[],
  features: Float32Array,
  first: number,
  end: number,
): Promise<Float32Array> {
  const decoded = await decoder.decode(features.subarray(first * decoder.features, end * decoder.features))
  const sizes = heads.map(({ steps }) => steps * decoder.columns.length)
  const rows = new Float32Array((end - first) * sizes.reduce((a, b) => a + b, 0))
  let next = 0
  for (let w = 0; w < end - first; w++) {
    heads.forEach(({ name }, h) => {
      rows.set(decoded[name].data.subarray(w * sizes[h], (w + 1) * sizes[h]), next)
      next += sizes[h]
    })
  }
  return rows
}

/** Each value so often, one behind the other. */
function repeat(values: KeyValues, times: number): KeyValues {
  const at = (i: number) => Math.floor(i / times)
  const length = values.length * times
  if (values instanceof BigInt64Array) return new BigInt64Array(length).map((_, i) => values[at(i)])
  if (values instanceof Int32Array) return Int32Array.from({ length }, (_, i) => values[at(i)])
  if (values instanceof Float64Array) return Float64Array.from({ length }, (_, i) => values[at(i)])
  return Array.from({ length }, (_, i) => values[at(i)])
}
