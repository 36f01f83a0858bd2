/** The generalised Pareto distribution of scores above a start: P(score > start + x) = share · (1 + shape · x / scale)^(−1/shape). */
export interface Tail {
  /** Where it starts: the 0.98 quantile of the scores. */
  start: number
  /** The part of the scores above it. */
  share: number
  /** γ: 0 for an exponential tail, above it for a heavy one, below it for one that ends. */
  shape: number
  /** σ */
  scale: number
}

/** The scores of the calibration windows: all that thresholds need of them. */
export interface ScoreStatistics {
  /** How many windows. */
  count: number
  mean: number
  /** The population's standard deviation. */
  deviation: number
  /** Those of them at `storedRanks(count)`, in ascending order. */
  order: Float32Array
  /** Or why none could be fitted. */
  tail: Tail | { missing: string }
}

const STORED = 512 // order statistics, at most
const TOP = 128 // of them the largest scores, each one

/** The ranks, from 0, of the scores that are stored: all of up to 512, else the top 128 and 384 evenly spaced others. */
export function storedRanks(count: number): Float64Array {
  if (count <= STORED) return Float64Array.from({ length: count }, (_, i) => i)
  const others = STORED - TOP
  const last = count - TOP - 1
  return Float64Array.from({ length: STORED }, (_, i) =>
    i < others ? Math.round((i * last) / (others - 1)) : last + 1 + i - others,
  )
}

/**
 * The score below which a part of the calibration windows lies, as numpy's `quantile` has it by default; between ranks
 * that are stored, on a straight line.
 * @param part from 0 to 1
 */
export function quantileOf({ count, order }: ScoreStatistics, part: number): number {
  const rank = part * (count - 1)
  const ranks = storedRanks(count)
  const above = ranks.findIndex((stored) => stored >= rank)
  if (above < 0) return order[order.length - 1]
  if (above === 0) return order[0]
  return between(rank, ranks[above - 1], ranks[above], order[above - 1], order[above])
}

/** The inverse of `quantileOf`: the part of the calibration windows below a score, from 0 to 1. */
export function partBelow({ count, order }: ScoreStatistics, score: number): number {
  const above = order.findIndex((stored) => stored > score)
  if (above < 0) return 1
  if (above === 0) return 0
  const ranks = storedRanks(count)
  return between(score, order[above - 1], order[above], ranks[above - 1], ranks[above]) / (count - 1)
}

/** The y at x on the line from (x0, y0) to (x1, y1). */
const between = (x: number, x0: number, x1: number, y0: number, y1: number) =>
  y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
