import { TempocodeError } from '@tempocode/core'

/**
 * How far values are outside the intervals that were forecast for them: 0 inside, else the distance to the nearer bound
 * divided by the interval's width. An anomaly score of each value, as `events` takes it.
 * @param actual what was measured, in the order of the bounds
 * @returns one score for each value: infinity outside an interval of width 0, NaN where a value or a bound is NaN
 * @throws TempocodeError `data` unless there are as many bounds as values
 */
export function intervalScores(
  actual: Float32Array,
  { lower, upper }: { lower: Float32Array; upper: Float32Array },
): Float32Array {
  for (const [name, bound] of Object.entries({ lower, upper })) {
    if (bound.length === actual.length) continue
    const message = `${name} has ${bound.length} values, and actual has ${actual.length}; give one bound for each value`
    throw new TempocodeError('data', message)
  }
  return actual.map((value, i) => {
    const outside = Math.max(lower[i] - value, value - upper[i])
    return outside <= 0 ? 0 : outside / (upper[i] - lower[i])
  })
}
