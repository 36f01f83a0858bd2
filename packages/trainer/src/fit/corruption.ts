import type { Random } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import { columnRange } from '../scaler.js'
import type { Segment } from '../segments.js'
import type { Series } from '../series.js'
import type { DrawBatch } from './draws.js'
import { isNumber, type Rule } from './rules.js'

/**
 * How inputs are corrupted while training, so that a denoising autoencoder learns to give back the clean ones (Vincent
 * et al. 2008, Extracting and Composing Robust Features with Denoising Autoencoders):
 * - `masking:p`: each scaled value is 0 with probability p
 * - `gaussian:σ`: noise of deviation σ is added to each scaled value
 * - `salt-and-pepper:p`: with probability p each value is its column's lowest or highest of the training rows
 */
export type CorruptionName = 'none' | `${Kind}:${number}`

type Kind = 'masking' | 'gaussian' | 'salt-and-pepper'

export const corruptionRule: Rule = {
  allowed: 'none, masking:RATE, gaussian:DEVIATION or salt-and-pepper:RATE, a rate between 0 and 1',
  holds: (value) => value === 'none' || parse(value) !== undefined,
}

function parse(value: unknown): { kind: Kind; amount: number } | undefined {
  const [, kind, text] = /^(masking|gaussian|salt-and-pepper):([\d.]+)$/.exec(String(value)) ?? []
  const amount = Number(text)
  const allowed = isNumber(amount) && amount > 0 && (kind === 'gaussian' || amount < 1)
  return kind !== undefined && allowed ? { kind: kind as Kind, amount } : undefined
}

/**
 * The noise of a batch: scaled values x become keep ⊙ x + fill.
 * @returns nothing where nothing is corrupted
 */
export function corruptionOf(
  name: CorruptionName,
  series: Series,
  train: readonly Segment[],
  scaler: ScalerState,
  window: number,
): DrawBatch | undefined {
  const parsed = parse(name)
  if (!parsed) return undefined
  const { kind, amount } = parsed
  const columns = series.columns.length
  const ranges = series.columns.map((_, column) =>
    columnRange(series, train, column).map((x) => (x - scaler.center[column]) / scaler.scale[column]),
  )
  return (random: Random, windows: number) => {
    const shape = [windows, window, columns]
    const length = windows * window * columns
    const keep = new Float32Array(length).fill(1)
    const fill = new Float32Array(length)
    for (let i = 0; i < length; i++) {
      if (kind === 'gaussian') fill[i] = amount * random.normal()
      else if (random.uniform() < amount) {
        keep[i] = 0
        if (kind === 'salt-and-pepper') fill[i] = ranges[i % columns][random.below(2)]
      }
    }
    return { keep: { data: keep, shape }, fill: { data: fill, shape } }
  }
}

/** For graphs that take noise: what leaves their inputs as they are. */
export function noCorruption(window: number, columns: number): DrawBatch {
  return (_random: Random, windows: number) => {
    const shape = [windows, window, columns]
    const length = windows * window * columns
    return {
      keep: { data: new Float32Array(length).fill(1), shape },
      fill: { data: new Float32Array(length), shape },
    }
  }
}
