import type { Comparison } from './evaluation.js'
import { MeasureSums, type Terms } from './measures.js'

/** What one value adds to the sums of each kind of forecast. */
export interface ComparedTerms {
  forecaster: Terms
  persistence: Terms
  seasonalNaive?: Terms
}

/** Sums of the errors of all kinds of forecast. */
export class ComparisonSums {
  readonly #forecaster = new MeasureSums()
  readonly #persistence = new MeasureSums()
  #seasonalNaive?: MeasureSums

  add({ forecaster, persistence, seasonalNaive }: ComparedTerms): void {
    this.#forecaster.add(forecaster)
    this.#persistence.add(persistence)
    if (seasonalNaive === undefined) return
    this.#seasonalNaive ??= new MeasureSums()
    this.#seasonalNaive.add(seasonalNaive)
  }

  comparison(): Comparison {
    return {
      forecaster: this.#forecaster.measures(),
      persistence: this.#persistence.measures(),
      ...(this.#seasonalNaive && { seasonalNaive: this.#seasonalNaive.measures() }),
    }
  }
}
