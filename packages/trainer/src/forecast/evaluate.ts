import { TempocodeError } from '@tempocode/core'
import type { Forecaster } from '@tempocode/runtime'
import { persistence, seasonalNaive } from './baselines.js'
import type { ForecastEvaluation, ForecastExample } from './evaluation.js'
import { EvaluationSums } from './evaluation-sums.js'
import { exampleWindows } from './examples.js'
import { extremesOf, movesOf } from './extremes.js'
import { termsOf } from './measures.js'
import { type Origins, originsOf } from './origins.js'
import { roll } from './rolling.js'
import { groupNames } from './series-scaling.js'
import { type Trial, targetValues } from './trial.js'

/**
 * Forecasts from every row on whose horizon lies in the test rows, and measures.
 * @throws TempocodeError `data` where there is none
 */
export async function evaluateForecaster(forecaster: Forecaster, trial: Trial): Promise<ForecastEvaluation> {
  const { horizon, targets } = forecaster
  const { inputs, scaling, season } = trial
  const origins = testOrigins(forecaster, trial)
  const values = targetValues(trial, targets.length)
  const { flags, ...extremes } = extremesOf(movesOf(origins, horizon, values))
  const groups = groupNames(scaling)
  const sums = new EvaluationSums(horizon, targets, groups)
  const shown = exampleWindows(origins, horizon)
  const examples: ForecastExample[] = []
  const size = horizon * targets.length

  for await (const { first, count, forecast, lower, upper } of roll(forecaster, inputs, origins)) {
    for (let window = first; window < first + count; window++) {
      const [row, group, from] = [origins.rows[window], origins.groups[window], (window - first) * size]
      const actual = new Float32Array(size)
      for (let i = 0; i < size; i++) {
        const step = Math.floor(i / targets.length)
        const target = i % targets.length
        const column = values.columns[target]
        actual[i] = column(row + step)
        const scale = values.scale(group, target)
        const naiveError = values.naiveError(group, target)
        const terms = (guess: number, lower?: number, upper?: number) =>
          termsOf({ actual: actual[i], forecast: guess, lower, upper, scale, naiveError })
        sums.add(
          { step, target, group, extreme: flags[window] === 1 },
          {
            forecaster: terms(forecast[from + i], lower?.[from + i], upper?.[from + i]),
            persistence: terms(persistence(column, row)),
            seasonalNaive: season ? terms(seasonalNaive(column, row, step, season)) : undefined,
          },
        )
      }
      if (!shown.has(window)) continue
      const own = (all: Float32Array) => all.slice(from, from + size)
      examples.push({
        ...(groups.length > 0 && { group: groups[group] }),
        start: row,
        actual,
        forecast: own(forecast),
        ...(lower && upper && { lower: own(lower), upper: own(upper) }),
      })
    }
  }
  return {
    ...sums.all(),
    windows: origins.rows.length,
    targets,
    season,
    ...sums.parts(),
    extremes: { ...sums.extremes(), ...extremes },
    examples,
  }
}

function testOrigins({ window, horizon }: Forecaster, { inputs, test, scaling, season }: Trial): Origins {
  const before = Math.max(window, season ?? 1)
  const origins = originsOf(inputs.segments, test, { horizon, before }, scaling.places)
  if (origins.rows.length > 0) return origins
  const longest = test.reduce((most, { start, end }) => Math.max(most, end - start), 0)
  const needed = `nothing to test on: ${horizon} test rows without a gap are needed, and ${before} rows before them`
  const message = `${needed}; the longest run of test rows has ${longest}; use a larger testSplit, or 0 for no test`
  throw new TempocodeError('data', message)
}
