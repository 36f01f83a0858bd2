import { TempocodeError } from '@tempocode/core'
import type { Features } from './encoder.js'

/** What becomes of a feature of many windows: that of the last window, the mean, or the largest. */
export type Pool = 'last' | 'mean' | 'max'
export const POOLS: readonly Pool[] = ['last', 'mean', 'max']

/** Features of a whole series from those of its windows, some windows at a time, so that no window need be kept. */
export class FeaturePool {
  readonly #last: Float32Array
  readonly #sum: Float64Array
  readonly #max: Float32Array
  #windows = 0

  /**
   * @param features of a window
   * @param pools in the order that `values` has them
   * @throws TempocodeError `option` where a pool is unknown, or there is none
   */
  constructor(
    readonly features: number,
    readonly pools: readonly Pool[],
  ) {
    const unknown = pools.find((pool) => !POOLS.includes(pool))
    if (unknown !== undefined || pools.length === 0) {
      const found = unknown === undefined ? 'none' : JSON.stringify(unknown)
      throw new TempocodeError('option', `pool ${found} is not allowed; use some of ${POOLS.join(', ')}`)
    }
    this.#last = new Float32Array(features)
    this.#sum = new Float64Array(features)
    this.#max = new Float32Array(features).fill(-Infinity)
  }

  /** Takes the windows that come next. @param data windows × features */
  add(data: Float32Array): void {
    for (let i = 0; i < data.length; i++) {
      const feature = i % this.features
      this.#last[feature] = data[i]
      this.#sum[feature] += data[i]
      this.#max[feature] = Math.max(this.#max[feature], data[i])
    }
    this.#windows += data.length / this.features
  }

  /** How many windows there were. */
  get windows(): number {
    return this.#windows
  }

  /** pools × features; NaN where a window's feature was, but for `last`, if that is finite. */
  values(): Float32Array {
    const of = { last: this.#last, mean: this.#sum.map((sum) => sum / this.#windows), max: this.#max }
    return Float32Array.from(this.pools.flatMap((pool) => Array.from(of[pool])))
  }
}

export interface PoolOptions {
  /** One, or several side by side, in this order. */
  pool: Pool | readonly Pool[]
}

/**
 * Features of a whole series, of whatever length, from those of its windows: one vector, as a classifier needs it.
 * @param features of the series' windows, in the order of time: [windows, features]
 * @returns shape [1, pools × features]: first those of the first pool
 * @throws TempocodeError `data` where there is no window, `option` where a pool is unknown
 */
export function poolFeatures({ data, shape }: Features, { pool }: PoolOptions): Features {
  const found = new FeaturePool(shape[1], typeof pool === 'string' ? [pool] : pool)
  if (shape[0] === 0) throw new TempocodeError('data', 'there are no windows whose features could be pooled')
  found.add(data)
  const values = found.values()
  return { data: values, shape: [1, values.length] }
}
