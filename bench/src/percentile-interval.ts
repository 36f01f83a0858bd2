const DRAWS = 1000

/** Where 95 % of what was drawn lies. */
export interface Interval {
  low: number
  high: number
}

/** The interval of the percentile bootstrap (Efron and Tibshirani 1993), of 1,000 draws. */
export function percentileInterval(draw: () => number): Interval {
  const draws = Float64Array.from({ length: DRAWS }, draw).sort()
  return { low: draws[Math.floor(0.025 * DRAWS)], high: draws[Math.ceil(0.975 * DRAWS) - 1] }
}
