import { type ComparedTerms, ComparisonSums } from './comparison-sums.js'
import type { ForecastEvaluation } from './evaluation.js'

/** Which value of a forecast one is, and whose. */
export interface Cell {
  step: number
  target: number
  group: number
  extreme: boolean
}

type Measured = Pick<ForecastEvaluation, 'byTarget' | 'byStep' | 'bySeries'>

/** Sums of errors over all values, and over those of each target, step and series. */
export class EvaluationSums {
  readonly #all = new ComparisonSums()
  readonly #extremes = new ComparisonSums()
  readonly #byTarget: ComparisonSums[]
  readonly #byStep: ComparisonSums[]
  readonly #bySeries: ComparisonSums[]

  constructor(
    private readonly horizon: number,
    private readonly targets: readonly string[],
    /** Names; none where rows are not grouped. */
    private readonly groups: readonly string[],
  ) {
    const sums = (length: number) => Array.from({ length }, () => new ComparisonSums())
    this.#byTarget = sums(targets.length)
    this.#byStep = sums(horizon)
    this.#bySeries = sums(Math.max(1, groups.length))
  }

  add({ step, target, group, extreme }: Cell, terms: ComparedTerms): void {
    this.#all.add(terms)
    this.#byTarget[target].add(terms)
    this.#byStep[step].add(terms)
    this.#bySeries[group].add(terms)
    if (extreme) this.#extremes.add(terms)
  }

  all() {
    return this.#all.comparison()
  }

  extremes() {
    return this.#extremes.comparison()
  }

  parts(): Measured {
    const size = this.horizon * this.targets.length
    return {
      byTarget: this.targets.map((target, i) => ({ target, ...this.#byTarget[i].comparison() })),
      byStep: this.#byStep.map((step, i) => ({ step: i + 1, ...step.comparison() })),
      bySeries: this.groups
        .map((group, i) => {
          const comparison = this.#bySeries[i].comparison()
          return { group, windows: comparison.forecaster.values / size, ...comparison }
        })
        .filter(({ windows }) => windows > 0),
    }
  }
}
