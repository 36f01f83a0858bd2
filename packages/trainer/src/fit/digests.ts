import { digestOf, digestOfArrays } from '../digest.js'
import type { Series } from '../series.js'
import type { Split } from '../split.js'
import type { Windows } from '../windows.js'

/** Digests of what a training learns from, hexadecimal; of what there is not, an empty text. */
export interface DataDigests {
  /** Of the rows. */
  training: string
  validation: string
  /** Of the windows' first rows. */
  windows: string
  weights: string
}

export async function digests(
  series: Series,
  split: Split,
  { train, validation, weights }: { train: Windows; validation?: Windows; weights?: Float32Array },
): Promise<DataDigests> {
  return {
    training: await digestOf(series, split.train),
    validation: validation ? await digestOf(series, split.validation) : '',
    windows: await digestOfArrays(
      [train, ...(validation ? [validation] : [])].flatMap(({ starts, lengths }) =>
        lengths ? [starts, lengths] : [starts],
      ),
    ),
    weights: weights ? await digestOfArrays([weights]) : '',
  }
}
