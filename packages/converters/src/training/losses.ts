import type { Value } from '../graph/graph.js'
import { abs, add, max, min, mul, sign, sub } from '../graph/ops.js'

export type LossName = 'mse' | 'mae' | 'huber'

/** A loss of the error e of one value, predicted − target. */
export interface Loss {
  of(error: Value): Value
  derivative(error: Value): Value
}

const DELTA = 1 // Keras's default

export const losses: Record<LossName, Loss> = {
  /** e² */
  mse: { of: (e) => mul(e, e), derivative: (e) => mul(2, e) },
  /** |e| */
  mae: { of: abs, derivative: sign },
  /** e²/2 where |e| ≤ δ, else δ |e| − δ²/2 (Huber 1964): with m = min(|e|, δ), m |e| − m²/2 */
  huber: {
    of: (e) => {
      const m = min(abs(e), DELTA)
      return mul(m, sub(abs(e), mul(0.5, m)))
    },
    derivative: (e) => max(min(e, DELTA), -DELTA),
  },
}

/**
 * The pinball loss, of which the quantile q is the minimum (Koenker & Bassett 1978): max(q (y − ŷ), (q − 1) (y − ŷ)),
 * so with e = ŷ − y max(−q e, (1 − q) e) = |e| / 2 + (1/2 − q) e.
 */
export const pinball = (q: number): Loss => ({
  of: (e) => max(mul(-q, e), mul(1 - q, e)),
  derivative: (e) => add(mul(0.5, sign(e)), 0.5 - q),
})
