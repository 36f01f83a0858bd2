import { digestOf, hexadecimal, sha256 } from '../digest.js'
import type { Series } from '../series.js'
import type { Split } from '../split.js'

/** SHA-256 of what a training learns from, hexadecimal; of what there is not, an empty text. */
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
  { train, validation, weights }: { train: Int32Array; validation?: Int32Array; weights?: Float32Array },
): Promise<DataDigests> {
  const starts = new Int32Array(train.length + (validation?.length ?? 0))
  starts.set(train)
  if (validation) starts.set(validation, train.length)
  return {
    training: await digestOf(series, split.train),
    validation: validation ? await digestOf(series, split.validation) : '',
    windows: hexadecimal(await sha256(starts)),
    weights: weights ? hexadecimal(await sha256(weights)) : '',
  }
}
