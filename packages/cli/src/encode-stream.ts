import { TempocodeError } from '@tempocode/core'
import type { Encoder } from '@tempocode/runtime'
import { type FilterOptions, filterRows } from './filter-rows.js'

export interface EncodeStreamOptions extends Omit<FilterOptions, 'columns'> {
  /** Encodes the last window after so many rows; else all rows so far after each. */
  hop?: number
}

/**
 * Encodes rows that come on standard input: a line for each, with the features `f0`, `f1`, … of all rows of its group so
 * far, or, with `hop`, of the last window where there is one.
 * @throws TempocodeError as `filterRows` does, and `file` where the encoder has no step
 */
export async function encodeStream(
  encoder: Encoder,
  { hop, ...options }: EncodeStreamOptions,
): Promise<void> {
  if (hop === undefined) await loadStep(encoder)
  const names = Array.from({ length: encoder.features }, (_, i) => `f${i}`)
  const open = () => (hop === undefined ? encoder.stream() : encoder.windows({ hop }))
  await filterRows(names, open, { ...options, columns: encoder.columns })
}

/** Finds out before there is a row whether the encoder can stream. */
async function loadStep(encoder: Encoder): Promise<void> {
  try {
    await encoder.stream().state()
  } catch (cause) {
    if (!(cause instanceof TempocodeError) || cause.code !== 'file') throw cause
    const message = `${cause.message}; this encoder has no such step, or it lies elsewhere: use --hop 1`
    throw new TempocodeError('file', message, cause.place, { cause })
  }
}
