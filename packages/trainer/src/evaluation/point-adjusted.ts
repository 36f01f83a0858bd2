import { Random, TempocodeError } from '@tempocode/core'
import { bestF1 } from './areas.js'
import { confusion, type PointMeasures, pointMeasures } from './confusion.js'
import { poolRows, type ScoredRows } from './scored-rows.js'

export interface PointAdjustedOptions {
  /** How many random detectors stand beside. Default 10. */
  draws?: number
  /** Of the random detectors. Default 0. */
  seed?: number
}

/** Mean and standard deviation (of a sample) over random detectors. */
export interface Spread {
  mean: number
  deviation: number
}

export interface PointAdjusted extends Pick<PointMeasures, 'precision' | 'recall' | 'f1'> {
  /** At the threshold that is best on the labels, as most papers quote it. */
  bestF1: number
  /** The same of detectors that draw their scores by lot, and have as many rows in alarm. */
  random: { draws: number; seed: number; f1: Spread; bestF1: Spread }
}

/**
 * Point-wise measures after "point adjustment" (Xu et al., WWW 2018): one row in alarm makes all rows of its event count
 * as found. This flatters whoever raises an alarm now and then: a random detector beats published ones by it (Kim et al.,
 * AAAI 2022). So it is never given without what random detectors get on the same labels.
 * @throws TempocodeError `data` as `evaluate` does, `option` where `draws` is no whole number above 1
 */
export function pointAdjusted(
  groups: readonly ScoredRows[],
  { draws = 10, seed = 0 }: PointAdjustedOptions = {},
): PointAdjusted {
  if (!Number.isSafeInteger(draws) || draws < 2) {
    throw new TempocodeError('option', `draws ${draws} is not allowed; use a whole number above 1`)
  }
  const { scores, alarms, labels, events } = poolRows(groups)
  const measure = (ofRows: Float64Array, inAlarm: ArrayLike<number>) => ({
    ...pointMeasures(confusion(raised(inAlarm, events), labels)),
    bestF1: bestF1(raised(ofRows, events), labels).f1,
  })
  const random = new Random(seed, 'random detector')
  const count = alarms.reduce((sum, alarm) => sum + alarm, 0)
  const others = Array.from({ length: draws }, () => {
    const drawn = scores.map(() => random.uniform())
    const limit = count === 0 ? Infinity : drawn.toSorted()[drawn.length - count]
    const inAlarm = drawn.map((score) => Number(score >= limit))
    return measure(drawn, inAlarm)
  })
  const { precision, recall, f1, bestF1: best } = measure(scores, alarms)
  const spreads = {
    f1: spread(others.map((other) => other.f1)),
    bestF1: spread(others.map((other) => other.bestF1)),
  }
  return { precision, recall, f1, bestF1: best, random: { draws, seed, ...spreads } }
}

/** All rows of an event at the highest value of any of them. Works for scores and for alarms alike. */
function raised(values: ArrayLike<number>, events: Int32Array): Float64Array {
  const highest = new Map<number, number>()
  events.forEach((event, row) => {
    highest.set(event, Math.max(highest.get(event) ?? -Infinity, values[row]))
  })
  return Float64Array.from(values, (value, row) => (events[row] === 0 ? value : highest.get(events[row])!))
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}
